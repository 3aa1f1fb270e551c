#include "http/head_parser.h"

#include <utility>

#include "http/field_line.h"
#include "http/request_line.h"

namespace relay::http {
namespace {

TextRange range_in(std::string_view text, std::string_view part) {
  if (part.empty()) return {};
  return {static_cast<std::uint32_t>(part.data() - text.data()), static_cast<std::uint32_t>(part.size())};
}

}  // namespace

void HeadParser::reset() {
  scanner_.reset();
  head_.clear();
  framing_ = FramingRules();
  refusal_ = {};
  has_request_line_ = false;
  skipped_empty_line_ = false;
}

HeadParser::Status HeadParser::refuse(Refusal refusal) {
  refusal_ = refusal;
  return Status::kRefused;
}

HeadParser::Status HeadParser::advance(std::string_view text) {
  for (;;) {
    const LineScanner::Status found = scanner_.next(text, limits_.head_bytes);
    if (found == LineScanner::Status::kIncomplete) return Status::kIncomplete;
    if (found == LineScanner::Status::kTooLong) return refuse({431, "the request's head is too large"});
    if (found == LineScanner::Status::kBadByte) {
      return refuse({400, "the request's head holds a control character or a line that does not end with CR LF"});
    }
    const std::string_view line = scanner_.line(text);
    scanner_.advance();
    if (line.empty() && has_request_line_) break;
    if (const Refusal refusal = take_line(text, line)) return refuse(refusal);
  }
  if (const Refusal refusal = framing_.finish(head_)) return refuse(refusal);
  return Status::kComplete;
}

Refusal HeadParser::take_line(std::string_view text, std::string_view line) {
  if (has_request_line_) return take_field(text, line);
  // Some old clients send one line break too many behind a body (RFC 9112, 2.2).
  if (line.empty() && !std::exchange(skipped_empty_line_, true)) return {};
  return take_request_line(text, line);
}

Refusal HeadParser::take_request_line(std::string_view text, std::string_view line) {
  RequestLine parts;
  if (const Refusal refusal = parse_request_line(line, parts)) return refusal;
  head_.method = range_in(text, parts.method);
  head_.path = range_in(text, parts.path);
  head_.query = range_in(text, parts.query);
  head_.version = parts.version == "HTTP/1.0" ? Version::kHttp10 : Version::kHttp11;
  has_request_line_ = true;
  return {};
}

Refusal HeadParser::take_field(std::string_view text, std::string_view line) {
  if (head_.fields.size() == limits_.head_fields) return {431, "the request has too many header fields"};
  FieldLine field;
  if (const Refusal refusal = parse_field_line(line, field)) return refusal;
  head_.fields.push_back({range_in(text, field.name), range_in(text, field.value)});
  return framing_.take(field.name, field.value);
}

}  // namespace relay::http
