#include "lang/foreign_words.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/diagnostic.h"

namespace relay {
namespace {

struct Entry {
  std::string_view word;
  std::string_view instead;
};

constexpr std::string_view kDispatch = "`dispatch value { 1: \"one\", :default: \"other\" }`";
constexpr std::string_view kStruct = "`struct Name { field: type }`";
constexpr std::string_view kWaits = "a call waits by itself for its result";
constexpr std::string_view kElseIf = "`else if`";
constexpr std::string_view kBraces = "a body stands in braces: `{ ... }`";

constexpr Entry kOpening[] = {
    {"async", kWaits},
    {"await", kWaits},
    {"case", kDispatch},
    {"class", kStruct},
    {"delete", "values never change: `o.remove(key)` gives a new one"},
    {"do", "`while condition { ... }`"},
    {"echo", "`print(...)`"},
    {"elif", kElseIf},
    {"elseif", kElseIf},
    {"elsif", kElseIf},
    {"enum", "symbols need no definition: `:red`"},
    {"export", "a program is one file"},
    {"foreach", "`for x in list { ... }`"},
    {"interface", "`protocol Name { method(parameter: type) -> type }`"},
    {"lambda", "`fn (x) { ... }`"},
    {"loop", "`while true { ... }`"},
    {"match", kDispatch},
    {"new", "`Name{field: value}`"},
    {"not", "`!`"},
    {"raise", "`throw`"},
    {"switch", kDispatch},
    {"type", kStruct},
    {"unless", "`if !...`"},
    {"until", "`while !...`"},
};

constexpr Entry kJoining[] = {
    {"and", "`&&`"},
    {"do", kBraces},
    {"elif", kElseIf},
    {"elseif", kElseIf},
    {"elsif", kElseIf},
    {"except", "`catch`"},
    {"finally", "what must always run stands behind the `try`"},
    {"instanceof", "`type(value) == \"Name\"`"},
    {"is", "`==`"},
    {"mod", "`%`"},
    {"or", "`||`"},
    {"rescue", "`catch`"},
    {"then", kBraces},
};

constexpr Entry kNames[] = {
    {"False", "`false`"},
    {"None", "`nil`"},
    {"Null", "`nil`"},
    {"NULL", "`nil`"},
    {"True", "`true`"},
    {"console", "`print(...)`"},
    {"echo", "`print(...)`"},
    {"float", "`number(...)`"},
    {"int", "`number(...)`"},
    {"null", "`nil`"},
    {"parseFloat", "`number(...)`"},
    {"parseInt", "`number(...)`"},
    {"printf", "`print(...)`"},
    {"println", "`print(...)`"},
    {"puts", "`print(...)`"},
    {"str", "`string(...)`"},
    {"tostring", "`string(...)`"},
    {"typeof", "`type(...)`"},
    {"undefined", "`nil`"},
};

std::string_view find(std::span<const Entry> entries, std::string_view word) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.word == word; });
  return found == entries.end() ? std::string_view() : found->instead;
}

}  // namespace

std::string_view instead_of_opening_word(std::string_view word) { return find(kOpening, word); }
std::string_view instead_of_joining_word(std::string_view word) { return find(kJoining, word); }
std::string reserved_word_like(std::string_view word) {
  static const std::vector<std::string> kWords = {"config", "dispatch", "for",    "if",     "protocol", "return", "send",
                                                  "server", "set",      "struct", "template", "throw",  "while"};
  constexpr std::size_t kTooShortToTell = 4;
  return word.size() < kTooShortToTell ? std::string() : nearest_name(word, kWords);
}
std::string_view instead_of_name(std::string_view name) { return find(kNames, name); }

bool binds_variables_elsewhere(std::string_view word) { return word == "let" || word == "var" || word == "const"; }
bool defines_functions_elsewhere(std::string_view word) {
  return word == "function" || word == "func" || word == "def" || word == "fun";
}

}  // namespace relay
