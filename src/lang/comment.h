#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace relay {

enum class CommentKind : std::uint8_t {
  kLine,   // `// text`
  kBlock,  // `/* text */`
  kDoc,    // `/// text`
};

// A comment of a source. Its span takes in the `//` or the `/*` and `*/`, but no line break behind it.
struct Comment {
  Span span;
  CommentKind kind = CommentKind::kLine;
};

// The doc comment of what begins at `offset`: the `///` lines directly above its line, without the `///` and one blank,
// joined by line breaks. Empty where none stand there: a blank line, code or a plain comment in between parts them.
// `comments` are those of the source in their order.
[[nodiscard]] std::string doc_before(std::string_view source, const std::vector<Comment>& comments,
                                     std::uint32_t offset);

}  // namespace relay
