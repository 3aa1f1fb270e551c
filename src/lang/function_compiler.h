#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "lang/assigned.h"
#include "lang/compile_context.h"
#include "lang/function_builder.h"

namespace relay {

// Turns the body of one function (or the top-level code, or the defaults of a server's state) into bytecode.
//
// Values:     an expression is compiled for a Target: dropped, put into a register, or returned. A variable's register
//             is written only by the last instruction of a `set`, so an error in between leaves the variable alone.
// Assignment: variables that are certainly set at a point are read without a check there (assigned_).
class FunctionCompiler {
 public:
  // `scope` is null for code of the program itself; `parent` for functions that enclose no other's variables.
  FunctionCompiler(CompileContext& context, bytecode::Function& function, FunctionScope* scope,
                   FunctionCompiler* parent);

  void compile_function(const ast::Function& function);
  void compile_main(const ast::Module& module);
  void compile_initializer(const ast::ServerDef& server, const bytecode::ServerInfo& info);

 private:
  using Op = bytecode::Op;
  using Jump = FunctionBuilder::Jump;
  using Jumps = std::vector<Jump>;

  struct Target {
    enum class Kind : std::uint8_t { kDiscard, kInto, kReturn };
    Kind kind = Kind::kDiscard;
    Register reg = 0;
  };
  static constexpr Target discard() { return {Target::Kind::kDiscard}; }
  static constexpr Target into(Register reg) { return {Target::Kind::kInto, reg}; }
  static constexpr Target returned() { return {Target::Kind::kReturn}; }

  // What a name means at a place of this function.
  struct Meaning {
    enum class Kind : std::uint8_t {
      kLocal, kCapture, kGlobal, kFunction, kServer, kStruct, kBuiltin, kUnknown,
      kAwaited,  // kUnknown, but a later input of the session may define it before this code runs
    };
    Kind kind = Kind::kUnknown;
    std::uint16_t index = 0;               // variable, capture, slot, server, struct or builtin
    const ast::Function* function = nullptr;  // kFunction
  };
  // A variable of an enclosing function as a closure carries it.
  struct CapturedName {
    std::string_view name;
    bool is_cell = false;
  };
  struct Loop {
    std::uint32_t begin = 0;
    Jumps breaks;
    Jumps continues;
  };
  // The variable of a `for` of top-level code: a slot of the program like its others, but closures take that of their
  // iteration along. When the body sets it as well, they share it through a cell, which holds what the slot holds.
  struct LoopName {
    std::string_view name;
    std::optional<Register> cell;
  };
  // A `{ }` used as a value, which `return` leaves.
  struct ValueBlock {
    Target target;
    Jumps ends;
  };

  // function_compiler.cc: entry, dispatch by kind, blocks
  void compile(const ast::Expr& expr, Target target);
  void compile_plain(const ast::Expr& expr, Register dst);
  void compile_block(const ast::Block& block, Target target);
  void compile_items(const std::vector<ast::ExprPtr>& items, Target target);
  void finish(Register value, Target target);
  void finish_nil(Target target);
  void emit_return(Register value);
  [[nodiscard]] Register operand(const ast::Expr& expr);
  // As operand(), but the register keeps its value while `later` is evaluated.
  [[nodiscard]] Register operand_before(const ast::Expr& expr, const ast::Expr& later);
  void value_into(const ast::Expr& expr, Register dst);
  // The register itself when it is the topmost temporary, so that a call can be built on it; else a new one.
  [[nodiscard]] Register base_for(Register dst);
  void take(Register dst, Register from);
  // Registers below it are variables, those above temporaries.
  [[nodiscard]] std::uint32_t variable_count() const {
    return scope_ == nullptr ? 0 : static_cast<std::uint32_t>(scope_->variables.size());
  }
  void enter_body();
  void default_value(const ast::Field& field, const bytecode::ServerInfo& info);
  void finish_function();

  // compile_names.cc: variables, functions by name, closures
  [[nodiscard]] Meaning resolve(std::string_view name);
  [[nodiscard]] Meaning resolve_outside(std::string_view name);
  [[nodiscard]] std::optional<std::uint16_t> capture(std::string_view name);
  struct Provided {
    bytecode::Capture capture;
    bool is_cell = false;
  };
  [[nodiscard]] std::optional<Provided> provide(std::string_view name);
  void read_name(const ast::NameExpr& name, Register dst);
  void read_meaning(const Meaning& meaning, std::string_view name, Register dst);
  void read_awaited(std::uint16_t slot, std::string_view what, std::string_view name, Register dst);
  void raise_undefined(std::string_view what, std::string_view name);
  [[nodiscard]] std::string hint_for(std::string_view name);
  [[nodiscard]] std::string unset_note(std::string_view name);
  void set_name(const ast::SetExpr& set, Target target);
  void bind(std::string_view name, Register value);  // takes the value
  [[nodiscard]] Register binding_register(std::string_view name);
  void set_local(const ast::SetExpr& set, std::uint16_t variable);
  void set_global(const ast::SetExpr& set, std::uint16_t slot);
  void put_into_global(const ast::SetExpr& set, std::uint16_t slot);
  void check_global_set(std::uint16_t slot);
  void global_written(std::string_view name, std::uint16_t slot);
  [[nodiscard]] std::optional<Register> loop_cell(std::string_view name) const;
  [[nodiscard]] bool may_grow_link_by_link(const ast::BinaryExpr& sum, std::string_view name) const;
  [[nodiscard]] bool is_plain_local(const ast::Expr& expr, std::uint16_t& variable);
  void closure(const ast::Function& function, Register dst);
  void bind_nested_functions();
  void check_set(std::uint16_t variable);

  // compile_update.cc: `set a = a.method(args)`
  [[nodiscard]] bool update_in_place(const ast::SetExpr& set, Op op, std::uint16_t place);
  [[nodiscard]] bool put_in_place(const ast::PostfixExpr::Link& link, Register self, Register base, Jumps& done);
  void set_in_place(const ast::PostfixExpr::Link& link, Register self, Jumps& done);

  // compile_operators.cc: arithmetic, comparison, conditions
  void binary(const ast::BinaryExpr& expr, Register dst, Register intermediate);
  void binary_link(const ast::BinaryExpr::Link& link, Register left, Register dst);
  void logical(const ast::LogicalExpr& expr, Register dst);
  void unary(const ast::UnaryExpr& expr, Register dst);
  // Jumps to `out` when the truth of `expr` is `when`; goes on otherwise.
  void jump_when(const ast::Expr& expr, bool when, Jumps& out);
  [[nodiscard]] bool compare_and_jump(const ast::BinaryExpr& expr, bool when, Jumps& out);
  void patch_all(const Jumps& jumps);

  // compile_calls.cc: `a.b(c)[d]`, functions, state, send
  void postfix(const ast::PostfixExpr& expr, Register dst);
  void postfix_links(const ast::PostfixExpr& expr, std::size_t first_link, Register base);
  [[nodiscard]] std::size_t postfix_head(const ast::PostfixExpr& expr, Register base);
  [[nodiscard]] bool method_of_local(const ast::PostfixExpr& expr, Register base);
  [[nodiscard]] bool named_call(const ast::PostfixExpr& expr, Register base);
  void function_call(const ast::Function& function, const ast::PostfixExpr::Link& link, Register base);
  void arguments(const std::vector<ast::ExprPtr>& args, Register base);
  void method_call(const ast::PostfixExpr::Link& link, Register base);
  [[nodiscard]] std::size_t state_head(const ast::PostfixExpr& expr, Register base);
  void state_method(const ast::PostfixExpr::Link& link, Register base);
  void state_set(const ast::PostfixExpr::Link& link, Register base);
  void state_update(const ast::PostfixExpr::Link& link, Register base);
  [[nodiscard]] bool state_change_in_place(std::uint16_t field, const ast::Expr& value);
  [[nodiscard]] std::optional<bytecode::TypeId> element_type_to_check(std::uint16_t field,
                                                                      const ast::PostfixExpr::Link& link);
  [[nodiscard]] std::optional<std::uint16_t> state_field(std::string_view name, Span span);
  void send(const ast::SendExpr& expr, Register dst);

  // compile_control.cc
  void if_expr(const ast::IfExpr& expr, Target target);
  void for_expr(const ast::ForExpr& expr, Target target);
  [[nodiscard]] bool range_subject(const ast::Expr& subject, Register base);
  void enter_loop(const ast::Word& name, const ast::Block& body);
  void bind_fresh(const ast::Word& name, Register value);
  void while_expr(const ast::WhileExpr& expr, Target target);
  void try_expr(const ast::TryExpr& expr, Target target);
  void dispatch(const ast::DispatchExpr& expr, Target target);
  void dispatch_case(const ast::DispatchExpr::Case& one, Register subject, Target target);
  void return_expr(const ast::ReturnExpr& expr);
  void value_block(const ast::BlockExpr& expr, Target target);
  void leave_value_block();

  // compile_values.cc: arrays, objects, structs, text
  void array(const ast::ArrayExpr& expr, Register dst);
  void object(const std::vector<ast::Entry>& entries, Register dst);
  void construct(const ast::ConstructExpr& expr, Register dst);
  void text(const ast::TextExpr& expr, Register dst);
  [[nodiscard]] bool constant(const ast::Expr& expr, Register dst);

  void never_here() { assigned_.add_all(); }  // after return, throw, break, continue

  CompileContext& context_;
  FunctionBuilder builder_;
  FunctionScope* const scope_;
  FunctionCompiler* const parent_;
  bool is_main_ = false;
  Assigned assigned_;  // by variable of scope_; in top-level code by slot of the program
  std::vector<CapturedName> captured_;
  std::vector<Loop> loops_;
  std::vector<ValueBlock> value_blocks_;
  int try_depth_ = 0;  // `try` bodies of this function around this place
  std::vector<LoopName> loop_names_;  // of the `for`s of top-level code that stand around this place
};

// Whether `expr` binds `name` in the function in which it stands.
[[nodiscard]] bool binds(const ast::Expr& expr, std::string_view name);
// Whether `expr` may read or bind `name`, also in a function that it makes.
[[nodiscard]] bool mentions(const ast::Expr& expr, std::string_view name);
// Whether `method` gives a changed version of its receiver, so that it may change the receiver itself when that is about
// to be replaced by the result.
[[nodiscard]] bool changes_in_place(std::string_view method);
// Whether `expr` makes a function.
[[nodiscard]] bool holds_function(const ast::Expr& expr);
// The variable that `expr` is, when it is nothing but a name.
[[nodiscard]] const ast::NameExpr* as_name(const ast::Expr& expr);

}  // namespace relay
