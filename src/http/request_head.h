#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace relay::http {

// A stretch of a head's text, as offsets, so that the text may move while the head is still coming in.
struct TextRange {
  std::uint32_t begin = 0;
  std::uint32_t length = 0;

  [[nodiscard]] std::string_view in(std::string_view text) const { return text.substr(begin, length); }
};

struct HeadField {
  TextRange name;
  TextRange value;  // without the blanks around it
};

enum class Version : std::uint8_t { kHttp10, kHttp11 };
enum class Framing : std::uint8_t { kNoBody, kLength, kChunked };

// The head of one request, checked: what its lines say and how its body is framed.
struct RequestHead {
  TextRange method;
  TextRange path;
  TextRange query;
  Version version = Version::kHttp11;
  std::vector<HeadField> fields;

  Framing framing = Framing::kNoBody;
  std::uint64_t content_length = 0;  // kLength
  bool keep_alive = true;
  bool expects_continue = false;

  void clear();
};

// The first field of this name in `head`, whose lines are `text`; nullptr when there is none.
[[nodiscard]] const HeadField* find_field(const RequestHead& head, std::string_view text, std::string_view name);

}  // namespace relay::http
