#pragma once

#include <string>
#include <vector>

#include "lang/ast.h"

namespace relay::document {

// Something that a program defines.
struct Entry {
  std::string name;
  std::string signature;  // as the language writes it, without the name's keyword: `add(by: number) -> number`
  std::string doc;        // the text of its doc comment
  std::string implements;        // of a server: its protocol, may be empty
  std::vector<Entry> fields;     // of a server's state, of a struct
  std::vector<Entry> methods;    // `receive fn` of a server, methods of a protocol
};

struct Section {
  std::string title;   // "Servers"
  std::string anchor;  // "server"; with the name of an entry the id of its place in the page
  std::string fields_title;  // what the fields of its entries are: "State"
  std::vector<Entry> entries;
};

// What a program offers to those who use it: no helpers, no tests, no code.
struct Outline {
  std::string title;  // the name of the file, without folders
  std::vector<Section> sections;  // those with entries: servers, functions, structs, protocols
};

[[nodiscard]] Outline outline_of(const ast::Module& module);

}  // namespace relay::document
