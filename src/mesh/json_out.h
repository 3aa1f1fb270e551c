#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relay::mesh {

// What messages are written with, beside append_json_string() for text that may need escapes.

inline void append_whole(std::string& out, std::uint64_t number) {
  char digits[20];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

// In base 36, as ids are written.
inline void append_base36(std::string& out, std::uint64_t number) {
  char digits[16];
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number, 36).ptr);
}

// `name` in quotes: the name of a node, which needs no escape.
inline void append_quoted(std::string& out, std::string_view name) {
  out += '"';
  out.append(name);
  out += '"';
}

// ["a","b"], of names of nodes.
inline void append_nodes_list(std::string& out, const std::vector<std::string>& nodes) {
  out += '[';
  for (const std::string& node : nodes) {
    if (out.back() != '[') out += ',';
    append_quoted(out, node);
  }
  out += ']';
}

}  // namespace relay::mesh
