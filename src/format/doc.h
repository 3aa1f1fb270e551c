#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relay::format {

// A piece of a Docs.
using Doc = std::uint32_t;
inline constexpr Doc kNoDoc = UINT32_MAX;

enum class DocKind : std::uint8_t {
  kText,     // as it is; may hold line breaks of its own
  kComment,  // an inline comment: parted from its neighbours by blanks where they have none
  kSuffix,   // stands at the end of the line, behind all that follows on it
  kLine,     // a place where the line may be broken
  kTrailer,  // its first part in a broken group, its second in a flat one
  kConcat,
  kIndent,   // what is broken inside stands one level further in
  kGroup,    // flat when it fits into the line, else all its own line places are broken
  kChoice,   // the first alternative whose first line fits, else the last
};

enum class LineKind : std::uint8_t {
  kSoft,   // nothing when flat
  kSpace,  // a blank when flat
  kEmpty,  // a blank when flat, an empty line when broken
  kHard,   // always broken
  kHardEmpty,
};
inline constexpr std::size_t kLineKinds = 5;

// Texts with places where they may be broken into lines: what the builder makes of a program and print() lays out
// (Wadler, "A prettier printer", with the alternatives of Prettier).
//
// Invariant: a piece is made of pieces that were made before it. One piece may be part of several: alternatives share
//            theirs, so their number does not multiply the size.
// Owner:     texts given as views must outlive the Docs.
class Docs {
 public:
  // There are several for each token of a program, so they are small.
  struct Node {
    struct Parts {
      std::uint32_t first;
      std::uint32_t count;
    };
    DocKind kind;
    LineKind line = LineKind::kSoft;
    bool is_broken = false;    // something inside must be broken; no line can hold it
    bool spans_lines = false;  // it takes several lines, whatever its line places do
    std::uint32_t width = 0;   // flat, in code points
    union {
      std::string_view text = {};  // kText, kComment, kSuffix
      Parts parts;                 // of all that is made of pieces
    };
  };

  Docs();

  [[nodiscard]] Doc text(std::string_view view);
  // A text of one blank.
  [[nodiscard]] Doc blank() const { return blank_; }
  [[nodiscard]] Doc comment(std::string_view view);
  // Breaks what it stands in, so that nothing moves past it that stood on another line.
  [[nodiscard]] Doc breaking_suffix(std::string_view view);
  // For where a line break follows in any case.
  [[nodiscard]] Doc suffix(std::string_view view);
  [[nodiscard]] Doc line(LineKind kind) const { return lines_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] Doc trailer(std::string_view when_broken, std::string_view when_flat);
  [[nodiscard]] Doc concat(std::span<const Doc> parts);
  [[nodiscard]] Doc concat(std::initializer_list<Doc> parts) { return concat(std::span(parts.begin(), parts.size())); }
  [[nodiscard]] Doc indent(Doc part);
  [[nodiscard]] Doc group(Doc part);
  // A group whose line places are broken, though it might fit.
  [[nodiscard]] Doc broken_group(Doc part);
  [[nodiscard]] Doc choice(std::span<const Doc> alternatives);

  // Keeps a text that is no part of the source.
  [[nodiscard]] std::string_view keep(std::string made) { return kept_.emplace_back(std::move(made)); }

  [[nodiscard]] const Node& operator[](Doc doc) const { return nodes_[doc]; }
  [[nodiscard]] std::span<const Doc> parts(Doc doc) const {
    return std::span(parts_).subspan(nodes_[doc].parts.first, nodes_[doc].parts.count);
  }

 private:
  Doc add(Node node);
  Doc add_with_parts(DocKind kind, std::span<const Doc> parts);
  Doc add_text(DocKind kind, std::string_view view);
  Doc add_line(LineKind kind);

  struct Trailer {
    std::string_view when_broken;
    std::string_view when_flat;
    Doc doc;
  };

  std::vector<Node> nodes_;
  std::vector<Doc> parts_;
  std::deque<std::string> kept_;
  // What stands everywhere is made once.
  Doc blank_;
  std::array<Doc, kLineKinds> lines_;
  std::vector<Trailer> trailers_;
};

// How many columns a text of one line takes.
[[nodiscard]] std::uint32_t columns(std::string_view text);

}  // namespace relay::format
