#include "node/route_query.h"

#include <optional>

#include "mesh/http_text.h"
#include "value/display.h"
#include "value/string.h"

namespace relay::node {
namespace {

// An alias may be longer than an id; nothing that names a node is longer than this.
constexpr std::size_t kMaxNameBytes = 512;

Error bad(std::string detail) {
  return {Errc::kParse, std::move(detail)};
}

}  // namespace

Result<std::string> read_route_query(std::string_view query) {
  std::optional<std::string> node;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    const std::size_t equals = std::min(parameter.find('='), parameter.size());
    if (parameter.substr(0, equals) != "node") {
      std::string detail = "unknown parameter ";
      append_quoted(detail, parameter.substr(0, equals));
      return bad(detail + "; expected ?node=NAME");
    }
    if (node) return bad("'node' is given twice");
    node = mesh::percent_decoded(parameter.substr(std::min(equals + 1, parameter.size())));
    if (!node || !string::is_valid_utf8(*node)) return bad("'node' has a bad percent escape");
  }
  if (!node) return bad("'node' is missing; expected ?node=NAME");
  if (node->empty()) return bad("'node' must not be empty");
  if (node->size() > kMaxNameBytes)
    return bad("'node' is longer than " + std::to_string(kMaxNameBytes) + " bytes");
  return std::move(*node);
}

}  // namespace relay::node
