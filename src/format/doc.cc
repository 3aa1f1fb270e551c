#include "format/doc.h"

#include <algorithm>
#include <array>
#include <utility>

namespace relay::format {

std::uint32_t columns(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Doc Docs::add(Node node) {
  nodes_.push_back(node);
  return static_cast<Doc>(nodes_.size() - 1);
}

Doc Docs::add_text(DocKind kind, std::string_view view) {
  Node node{kind};
  node.text = view;
  node.width = columns(view);
  node.spans_lines = view.find('\n') != std::string_view::npos;
  return add(node);
}

Doc Docs::text(std::string_view view) { return add_text(DocKind::kText, view); }

Doc Docs::comment(std::string_view view) {
  const Doc doc = add_text(DocKind::kComment, view);
  nodes_[doc].width += 2;
  return doc;
}

Doc Docs::suffix(std::string_view view) {
  const Doc doc = add_text(DocKind::kSuffix, view);
  nodes_[doc].width = 0;
  return doc;
}

Doc Docs::breaking_suffix(std::string_view view) {
  const Doc doc = suffix(view);
  nodes_[doc].is_broken = nodes_[doc].spans_lines = true;
  return doc;
}

Docs::Docs() : blank_(text(" ")) {
  for (std::size_t kind = 0; kind < kLineKinds; ++kind) lines_[kind] = add_line(static_cast<LineKind>(kind));
}

Doc Docs::add_line(LineKind kind) {
  Node node{DocKind::kLine};
  node.line = kind;
  node.is_broken = node.spans_lines = kind == LineKind::kHard || kind == LineKind::kHardEmpty;
  node.width = kind == LineKind::kSoft ? 0 : 1;
  return add(node);
}

Doc Docs::trailer(std::string_view when_broken, std::string_view when_flat) {
  const auto made = std::find_if(trailers_.begin(), trailers_.end(), [&](const Trailer& one) {
    return one.when_broken == when_broken && one.when_flat == when_flat;
  });
  if (made != trailers_.end()) return made->doc;
  const Doc doc = add_with_parts(DocKind::kTrailer, std::array{text(when_broken), text(when_flat)});
  nodes_[doc].width = columns(when_flat);
  trailers_.push_back({when_broken, when_flat, doc});
  return doc;
}

Doc Docs::add_with_parts(DocKind kind, std::span<const Doc> parts) {
  Node node{kind};
  node.parts = {static_cast<std::uint32_t>(parts_.size()), static_cast<std::uint32_t>(parts.size())};
  for (const Doc part : parts) {
    node.is_broken |= nodes_[part].is_broken;
    node.spans_lines |= nodes_[part].spans_lines;
    node.width += nodes_[part].width;
  }
  parts_.insert(parts_.end(), parts.begin(), parts.end());
  return add(node);
}

Doc Docs::concat(std::span<const Doc> parts) { return add_with_parts(DocKind::kConcat, parts); }
Doc Docs::indent(Doc part) { return add_with_parts(DocKind::kIndent, std::span(&part, 1)); }
Doc Docs::group(Doc part) { return add_with_parts(DocKind::kGroup, std::span(&part, 1)); }

Doc Docs::broken_group(Doc part) {
  const Doc doc = group(part);
  nodes_[doc].is_broken = nodes_[doc].spans_lines = true;
  return doc;
}

// Flat, it is its first alternative.
Doc Docs::choice(std::span<const Doc> alternatives) {
  const Node first = nodes_[alternatives.front()];
  const Doc doc = add_with_parts(DocKind::kChoice, alternatives);
  nodes_[doc].is_broken = first.is_broken;
  nodes_[doc].spans_lines = first.spans_lines;
  nodes_[doc].width = first.width;
  return doc;
}

}  // namespace relay::format
