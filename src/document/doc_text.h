#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relay::document {

// A stretch of a paragraph: plain, or `code` in backticks.
struct Inline {
  enum class Kind { kText, kCode };
  Kind kind = Kind::kText;
  std::string text;
};

struct Block {
  enum class Kind {
    kParagraph,
    kItem,  // of a list: a line that begins with `- ` or `* `, and those indented behind it
    kCode,  // lines between ``` and ```
  };
  Kind kind = Kind::kParagraph;
  std::vector<Inline> inlines;  // of kParagraph and kItem; without line breaks
  std::string code;             // of kCode: lines, each with its line break
};

// The text of a doc comment as what it is meant to look like. Anything else that means something in Markdown or HTML is
// plain text here. Control characters become U+FFFD.
[[nodiscard]] std::vector<Block> read_doc(std::string_view doc);

// The text with its control characters, but for line breaks and tabs, replaced by U+FFFD.
[[nodiscard]] std::string without_controls(std::string_view text);

}  // namespace relay::document
