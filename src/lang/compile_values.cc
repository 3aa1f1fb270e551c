#include <algorithm>
#include <set>

#include "lang/function_compiler.h"
#include "lang/reporter.h"

// Arrays, objects, structs and interpolated text.

namespace relay {
namespace {

// How many elements are collected in registers before they are put into the array.
constexpr std::size_t kChunk = 64;

}  // namespace

bool FunctionCompiler::constant(const ast::Expr& expr, Register dst) {
  const auto value = constant_value(context_, expr);
  if (!value) return false;
  builder_.emit(Op::kLoad, dst, builder_.constant(*value));
  return true;
}

void FunctionCompiler::array(const ast::ArrayExpr& expr, Register dst) {
  if (constant(expr, dst)) return;
  const std::uint32_t mark = builder_.mark();
  const Register base = base_for(dst);
  const std::size_t first_chunk = std::min(expr.items.size(), kChunk);
  value_into(*expr.items[0], base);
  for (std::size_t i = 1; i < first_chunk; ++i) value_into(*expr.items[i], builder_.temporary());
  builder_.at(expr.span);
  builder_.emit(Op::kNewArray, base, first_chunk);
  for (std::size_t i = first_chunk; i < expr.items.size(); i += kChunk) {
    const std::uint32_t chunk_mark = builder_.mark();
    const std::size_t count = std::min(expr.items.size() - i, kChunk);
    const auto first = static_cast<Register>(chunk_mark);
    for (std::size_t j = 0; j < count; ++j) value_into(*expr.items[i + j], builder_.temporary());
    builder_.at(expr.span);
    builder_.emit(Op::kExtendArray, base, first, count);
    builder_.release_to(chunk_mark);
  }
  take(dst, base);
  builder_.release_to(mark);
}

void FunctionCompiler::object(const std::vector<ast::Entry>& entries, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const Register base = base_for(dst);
  const Span span = builder_.span();
  std::set<std::string_view> keys;
  for (const ast::Entry& entry : entries) keys.insert(entry.key.text);
  const bool is_small = !entries.empty() && keys.size() == entries.size() && keys.size() <= object::kMaxShared;
  if (is_small) {
    std::vector<Value> names;
    for (const ast::Entry& entry : entries) names.push_back(context_.program.symbols.intern(entry.key.text));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      value_into(*entries[i].value, i == 0 ? base : builder_.temporary());
    }
    const auto list = context_.program.key_lists.size();
    context_.program.key_lists.push_back(context_.program.arena.keep_keys(names));
    builder_.at(span);
    builder_.emit(Op::kNewObject, base, list);
  } else {
    builder_.emit(Op::kEmptyObject, base);
    for (const ast::Entry& entry : entries) {
      const std::uint32_t entry_mark = builder_.mark();
      const Register value = builder_.temporary();
      value_into(*entry.value, value);
      builder_.emit(Op::kSetKey, base, builder_.text(entry.key.text), value);
      builder_.release_to(entry_mark);
    }
  }
  builder_.at(span);
  take(dst, base);
  builder_.release_to(mark);
}

void FunctionCompiler::construct(const ast::ConstructExpr& expr, Register dst) {
  const auto found = context_.structs.find(expr.name.text);
  if (found == context_.structs.end()) {
    std::vector<std::string> known;
    for (const auto& entry : context_.structs) known.emplace_back(entry.first);
    std::string hint = did_you_mean(nearest_name(expr.name.text, known));
    const bool is_definition = expr.name.text == "server" || expr.name.text == "struct" || expr.name.text == "protocol";
    if (is_definition) hint = "`" + expr.name.text + " Name { ... }`";
    builder_.at(expr.name.span);
    builder_.emit(Op::kRaise, builder_.text("name"), builder_.text("undefined struct type: " + expr.name.text),
                  builder_.text(hint));
    return;
  }
  object(expr.entries, dst);
  builder_.at(expr.name.span);
  builder_.emit(Op::kNewStruct, dst, found->second);
}

void FunctionCompiler::text(const ast::TextExpr& expr, Register dst) {
  const std::uint32_t mark = builder_.mark();
  const auto first = static_cast<Register>(mark);
  std::size_t count = 0;
  for (const ast::TextExpr::Part& part : expr.parts) {
    if (!part.text.empty()) {
      builder_.emit(Op::kLoad, builder_.temporary(), builder_.text(part.text));
      ++count;
    }
    if (!part.expr) continue;
    value_into(*part.expr, builder_.temporary());
    ++count;
  }
  builder_.at(expr.span);
  builder_.emit(Op::kJoinText, dst, first, count);
  builder_.release_to(mark);
}

}  // namespace relay
