#include "lsp/json_text.h"

#include "value/json_writer.h"

namespace relay::lsp {

namespace {

template <typename Members>
std::string object_of(const Members& members) {
  std::string out = "{";
  for (const JsonMember& member : members) {
    if (out.size() > 1) out += ',';
    append_json_string(out, member.key);
    out += ':';
    out += member.json;
  }
  return out + "}";
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string json_object(std::initializer_list<JsonMember> members) { return object_of(members); }
std::string json_object(const std::vector<JsonMember>& members) { return object_of(members); }

std::string json_array(const std::vector<std::string>& elements) {
  std::string out = "[";
  for (const std::string& element : elements) {
    if (out.size() > 1) out += ',';
    out += element;
  }
  return out + "]";
}

}  // namespace relay::lsp
