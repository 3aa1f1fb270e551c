#include "repl/completer.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bytecode/builtins.h"
#include "bytecode/methods.h"
#include "lang/token.h"
#include "repl/command.h"
#include "value/boxed.h"
#include "value/display.h"
#include "value/object.h"
#include "value/string.h"
#include "value/struct.h"

namespace relay::repl {
namespace {

using Names = std::set<std::string>;

// A value with more is not looked through.
constexpr std::size_t kMostFields = 500;

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_name(std::string_view text) {
  return !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) == 0 && std::all_of(text.begin(), text.end(), is_word);
}

// Where the word begins that ends at `end`.
std::size_t word_begin(std::string_view text, std::size_t end) {
  while (end > 0 && is_word(text[end - 1])) --end;
  return end;
}

std::size_t skip_blanks_back(std::string_view text, std::size_t end) {
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
  return end;
}

std::string_view word_before(std::string_view text, std::size_t end) {
  const std::size_t begin = word_begin(text, end);
  return text.substr(begin, end - begin);
}

void add_methods(std::string_view type, Names& names) {
  for (const bytecode::TypeMethod& method : bytecode::type_methods()) {
    if (type.empty() || method.type == type) names.emplace(method.signature.name);
  }
}

void add_server_names(const bytecode::Program& program, Names& names) {
  for (const auto& server : program.servers) {
    if (!server->is_replaced) names.insert(server->name);
  }
}

void add_server_methods(const bytecode::Program& program, std::string_view name, Names& names) {
  const bytecode::ServerInfo* server = program.server(name);
  if (server == nullptr) return;
  for (const bytecode::Method& method : server->methods) names.emplace(string::text(method.name));
}

void add_members(const bytecode::Program& program, const Value& value, Names& names) {
  if (value.is_server()) return add_server_methods(program, string::text(server::name(value)), names);
  if (value.is_struct()) {
    for (const Value& field : structure::type(value)->fields) names.emplace(string::text(field));
    return add_methods("struct", names);
  }
  if (value.is_object()) {
    std::size_t seen = 0;
    for (std::size_t at = object::first(value); at != object::kNone && seen++ < kMostFields; at = object::next(value, at)) {
      const std::string_view key = string::text(*object::entry(value, at).key);
      if (is_name(key)) names.emplace(key);
    }
  }
  add_methods(type_name(value), names);
}

// The words of `a.b.c` that ends at `end`, the first first; empty when it begins with something else than a name.
std::vector<std::string> chain_before(std::string_view text, std::size_t end) {
  std::vector<std::string> words;
  while (true) {
    const std::size_t begin = word_begin(text, end);
    const std::string_view word = text.substr(begin, end - begin);
    if (!is_name(word)) return {};
    words.emplace(words.begin(), word);
    if (begin == 0 || text[begin - 1] != '.') return words;
    end = begin - 1;
  }
}

const Value* field_of(const Value& value, const std::string& name) {
  if (value.is_object()) return object::find(value, std::string_view(name));
  if (!value.is_struct()) return nullptr;
  const std::uint32_t field = structure::type(value)->index_of(std::string_view(name));
  return field == StructType::kNone ? nullptr : &structure::at(value, field);
}

// The type of a literal that ends before the dot; empty when it may be anything.
std::string_view literal_type(std::string_view text, std::size_t end) {
  if (end == 0) return {};
  const char last = text[end - 1];
  if (last == '"' || last == '`') return "string";
  if (std::isdigit(static_cast<unsigned char>(last)) != 0) return "number";
  return {};
}

class Finder {
 public:
  Finder(Session& session, std::string_view text, std::size_t cursor)
      : session_(session), program_(session.program().program()), text_(text.substr(0, cursor)), whole_(text),
        begin_(word_begin(text, cursor)) {}

  Completion find() {
    if (as_command(text_) || text_.starts_with(':')) {
      command();
    } else if (begin_ > 0 && text_[begin_ - 1] == '.') {
      members();
    } else if (!in_send() && !in_message() && !in_struct()) {
      if (begin_ == text_.size()) return {begin_, {}};
      names();
    }
    return result();
  }

 private:
  Completion result() {
    const std::string typed(text_.substr(begin_));
    Completion found{begin_, {}};
    for (const std::string& name : names_) {
      if (name.starts_with(typed) && !name.starts_with("__")) found.candidates.push_back(name);
    }
    return found;
  }

  void command() {
    const std::size_t blank = text_.find(' ');
    if (blank == std::string_view::npos) {
      begin_ = 0;
      for (const Command& command : commands()) names_.emplace(command.name);
      return;
    }
    const Command* command = find_command(text_.substr(0, blank));
    if (command == nullptr) return;
    if (command->id == CommandId::kLoad) return files(blank + 1);
    if (command->id == CommandId::kState) return add_server_names(program_, names_);
    if (command->argument != "EXPR") return;
    if (begin_ > 0 && text_[begin_ - 1] == '.') return members();
    names();
  }

  void files(std::size_t begin) {
    namespace fs = std::filesystem;
    begin_ = begin;
    const std::string typed(text_.substr(begin));
    const std::size_t slash = typed.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : typed.substr(0, slash + 1);
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder.empty() ? "." : folder, ignored)) {
      const std::string name = entry.path().filename().string();
      const bool is_folder = entry.is_directory(ignored);
      if (is_folder || name.ends_with(".rl") || name.ends_with(".relay")) names_.insert(folder + name + (is_folder ? "/" : ""));
    }
  }

  void members() {
    const std::size_t dot = begin_ - 1;
    const std::vector<std::string> chain = chain_before(text_, dot);
    if (chain.empty()) return add_methods(literal_type(text_, dot), names_);
    if (chain.size() == 1 && chain[0] == "state") return state_fields();
    const bool is_server = chain.size() == 1 && !session_.program().names().variables.contains(chain[0]);
    if (is_server && program_.server(chain[0]) != nullptr) return add_server_methods(program_, chain[0], names_);
    bool is_known = false;
    session_.with_variables([&](const std::vector<Value>* variables) { is_known = members_of(chain, variables); });
    if (!is_known) add_methods({}, names_);
  }

  bool members_of(const std::vector<std::string>& chain, const std::vector<Value>* variables) {
    const auto& slots = session_.program().names().variables;
    const auto slot = slots.find(chain[0]);
    if (variables == nullptr || slot == slots.end()) return false;
    const Value* value = &(*variables)[slot->second];
    for (std::size_t i = 1; i < chain.size() && value != nullptr; ++i) value = field_of(*value, chain[i]);
    if (value == nullptr || value->is_undefined()) return false;
    add_members(program_, *value, names_);
    return true;
  }

  // The fields of the `state { }` that the input itself holds.
  void state_fields() {
    for (const char* method : {"get", "set", "update"}) names_.emplace(method);
    const std::size_t block = whole_.find("state");
    const std::size_t open = whole_.find('{', block == std::string_view::npos ? whole_.size() : block);
    if (open == std::string_view::npos) return;
    const std::size_t end = std::min(whole_.find('}', open), whole_.size());
    for (std::size_t at = whole_.find(':', open); at < end; at = whole_.find(':', at + 1)) {
      const std::string_view field = word_before(whole_, skip_blanks_back(whole_, at));
      if (is_name(field)) names_.emplace(field);
    }
  }

  // `send NAME` and `send NAME METHOD`
  bool in_send() {
    const std::size_t first_end = skip_blanks_back(text_, begin_);
    if (first_end == begin_) return false;
    const std::string_view first = word_before(text_, first_end);
    if (first == "send") {
      add_server_names(program_, names_);
      names();
      return true;
    }
    const std::size_t second_end = skip_blanks_back(text_, first_end - first.size());
    if (first.empty() || word_before(text_, second_end) != "send") return false;
    add_server_methods(program_, first, names_);
    return true;
  }

  // `message("NAME` and `message("NAME", "METHOD`, and those like it.
  bool in_message() {
    const std::size_t quote = begin_;
    if (quote == 0 || text_[quote - 1] != '"') return false;
    std::size_t before = skip_blanks_back(text_, quote - 1);
    if (before == 0) return false;
    if (text_[before - 1] == '(') {
      const std::string_view function = word_before(text_, before - 1);
      if (function != "message" && function != "notify") return false;
      add_server_names(program_, names_);
      return true;
    }
    if (text_[before - 1] != ',') return false;
    before = skip_blanks_back(text_, before - 1);
    if (before > 0 && text_[before - 1] == '"') --before;
    const std::string_view server = word_before(text_, before);
    add_server_methods(program_, server, names_);
    return !names_.empty();
  }

  // `User{na` and `User{name: "x", a`
  bool in_struct() {
    const std::size_t open = text_.rfind('{');
    if (open == std::string_view::npos || text_.find('}', open) != std::string_view::npos) return false;
    const std::size_t before = skip_blanks_back(text_, begin_);
    if (before == 0 || (text_[before - 1] != '{' && text_[before - 1] != ',')) return false;
    const auto& structs = session_.program().names().structs;
    const auto found = structs.find(std::string(word_before(text_, open)));
    if (found == structs.end()) return false;
    for (const Value& field : program_.structs[found->second]->fields) names_.emplace(string::text(field));
    return true;
  }

  void names() {
    const SessionNames& known = session_.program().names();
    for (const auto& [name, slot] : known.variables) names_.insert(name);
    for (const auto& [name, index] : known.structs) names_.insert(name);
    for (const auto& [name, index] : known.servers) names_.insert(name);
    for (const auto& builtin : bytecode::builtin_names()) names_.emplace(builtin.name);
    for (const std::string_view word : reserved_words()) {
      if (word != "import") names_.emplace(word);
    }
    for (const std::string_view word : contextual_words()) names_.emplace(word);
    words_of_input();
  }

  void words_of_input() {
    for (std::size_t at = 0; at < begin_;) {
      std::size_t end = at;
      while (end < begin_ && is_word(text_[end])) ++end;
      if (end - at > 2 && is_name(text_.substr(at, end - at))) names_.emplace(text_.substr(at, end - at));
      at = std::max(end, at + 1);
    }
  }

  Session& session_;
  const bytecode::Program& program_;
  const std::string_view text_;   // up to the cursor
  const std::string_view whole_;
  std::size_t begin_;
  Names names_;
};

}  // namespace

Completion complete(Session& session, std::string_view text, std::size_t cursor) {
  constexpr std::size_t kMostCompleted = 64 * 1024;
  if (text.size() > kMostCompleted) return {};
  return Finder(session, text, cursor).find();
}

}  // namespace relay::repl
