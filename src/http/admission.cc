#include "http/admission.h"

#include <string>

#include "http/chars.h"

namespace relay::http {
namespace {

Response no_such_path(std::string_view path) {
  return error_response(404, "there is nothing at " + std::string(path.substr(0, 200)));
}

Response wrong_method(const Routes::Match& match, std::string_view method) {
  Response response =
      error_response(405, std::string(method.substr(0, 40)) + " is not served here, only " + std::string(match.allow));
  if (!match.wrong_method_body.empty()) response.body = match.wrong_method_body;
  response.headers = "Allow: " + std::string(match.allow) + "\r\n";
  return response;
}

Response options(const Routes::Match& match) {
  Response response;
  response.headers = "Allow: " + std::string(match.allow) + "\r\n";
  return response;
}

bool is_json(const RequestHead& head, std::string_view text) {
  const HeadField* field = find_field(head, text, "content-type");
  if (field == nullptr) return false;
  const std::string_view value = field->value.in(text);
  return equals_ignoring_case(trim_blanks(value.substr(0, value.find(';'))), kJsonType);
}

bool needs_json(const Route& route, const ServerConfig& config) {
  return route.body_type == BodyTypeRule::kJsonOnceNarrowed && config.cors.mode != Cors::Mode::kAny;
}

}  // namespace

Admission admit(const RequestHead& head, std::string_view text, const Routes& routes, const ServerConfig& config) {
  const std::string_view method = head.method.in(text);
  const std::string_view path = head.path.in(text);
  const Routes::Match match = routes.find(method, path);
  switch (match.kind) {
    case Routes::Match::Kind::kNoPath: return {nullptr, no_such_path(path)};
    case Routes::Match::Kind::kWrongMethod: return {nullptr, wrong_method(match, method)};
    case Routes::Match::Kind::kOptions: return {nullptr, options(match)};
    case Routes::Match::Kind::kFound: break;
  }
  if (needs_json(*match.route, config) && !is_json(head, text)) {
    return {nullptr, error_response(415, "the body must be application/json")};
  }
  return {match.route, std::nullopt};
}

}  // namespace relay::http
