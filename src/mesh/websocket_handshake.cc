#include "mesh/websocket_handshake.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <limits>

#include "base/check.h"
#include "mesh/http_text.h"
#include "mesh/node_name.h"
#include "value/json_cursor.h"

namespace relay::mesh {
namespace {

constexpr std::string_view kAcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 section 1.3
constexpr std::size_t kKeyBytes = 16;
// Of the other side's own words in an error.
constexpr std::size_t kMaxReasonBytes = 300;

std::string to_base64(const unsigned char* bytes, std::size_t size) {
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  const int written =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes, static_cast<int>(size));
  text.resize(static_cast<std::size_t>(written));
  return text;
}

// 16 bytes in base64: 22 characters of the alphabet and two for padding.
bool is_key(std::string_view key) {
  constexpr std::size_t kCharacters = (kKeyBytes * 8 + 5) / 6;
  if (key.size() != kCharacters + 2 || !key.ends_with("==")) return false;
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  return key.substr(0, kCharacters).find_first_not_of(kAlphabet) == std::string_view::npos;
}

UpgradeRefusal bad(std::string reason) {
  return {400, std::move(reason)};
}

// What a query may say once: decoded, or absent.
struct QueryFields {
  std::optional<std::string> node_id;
  std::optional<std::string> port;
  std::optional<std::string> inc;
};

std::optional<UpgradeRefusal> take_parameter(std::string_view parameter, QueryFields& fields) {
  const std::size_t equals = parameter.find('=');
  const std::string_view name = parameter.substr(0, equals);
  std::optional<std::string>* field = nullptr;
  if (name == "node_id") field = &fields.node_id;
  if (name == "port") field = &fields.port;
  if (name == "inc") field = &fields.inc;
  if (field == nullptr) return std::nullopt;
  if (field->has_value()) return bad(std::string(name) + " is given twice");
  *field =
      percent_decoded(equals == std::string_view::npos ? std::string_view() : parameter.substr(equals + 1));
  if (!field->has_value()) return bad(std::string(name) + " has a bad percent escape");
  return std::nullopt;
}

std::optional<UpgradeRefusal> read_query(std::string_view query, QueryFields& fields) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    if (auto refusal = take_parameter(query.substr(0, end), fields)) return refusal;
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

std::optional<UpgradeRefusal> take_offer(const QueryFields& fields, UpgradeOffer& offer) {
  if (!fields.node_id) return bad("node_id is missing: connect to /ws/p2p?node_id=ID");
  if (!is_node_name(*fields.node_id)) {
    return bad("node_id must have 1 to 64 of A-Z a-z 0-9 _ . - and not be 'rpc'");
  }
  const auto port = parse_decimal(fields.port.value_or("0"));
  if (!port || *port > std::numeric_limits<std::uint16_t>::max())
    return bad("port must be a number from 0 to 65535");
  const auto inc = parse_decimal(fields.inc.value_or("0"));
  if (!inc) return bad("inc must be a whole number");
  offer.node_id = *fields.node_id;
  offer.port = static_cast<std::uint16_t>(*port);
  offer.inc = *inc;
  return std::nullopt;
}

std::optional<UpgradeRefusal> check_fields(const UpgradeRequest& request) {
  if (request.has_origin) return UpgradeRefusal{403, "web pages may not connect: the request has an Origin"};
  if (!has_token(request.upgrade, "websocket"))
    return bad("this is a WebSocket: 'Upgrade: websocket' is missing");
  if (!has_token(request.connection, "upgrade")) return bad("'Connection: Upgrade' is missing");
  if (trim_blanks(request.version) != "13") return UpgradeRefusal{426, "Sec-WebSocket-Version must be 13"};
  if (!is_key(trim_blanks(request.key))) return bad("Sec-WebSocket-Key must be 16 bytes in base64");
  return std::nullopt;
}

// ---- the dialler's side

Error no_websocket(std::string detail) {
  return {Errc::kParse, std::move(detail)};
}

// The code and the words of "HTTP/1.1 101 Switching Protocols"; code 0: it is no such line.
struct StatusLine {
  int code = 0;
  std::string_view text;  // "101 Switching Protocols"
};

StatusLine read_status_line(std::string_view head) {
  std::string_view line = head.substr(0, head.find("\r\n"));
  if (!line.starts_with("HTTP/1.1 ") && !line.starts_with("HTTP/1.0 ")) return {};
  line.remove_prefix(9);
  const auto code = parse_decimal(line.substr(0, 3));
  if (!code || *code < 100 || (line.size() > 3 && line[3] != ' ')) return {};
  return {static_cast<int>(*code), line};
}

// The text of "error" in a JSON object; empty: there is none.
std::string error_member(std::string_view body) {
  JsonCursor cursor(body, {});
  std::string_view key;
  if (!cursor.enter_object()) return {};
  while (cursor.next_member(key)) {
    const bool is_error = key == "error" && cursor.peek() == JsonKind::kString;
    std::string_view text;
    if (is_error) return cursor.read_text(text) ? std::string(text) : std::string();
    if (!cursor.read_raw(text)) return {};
  }
  return {};
}

// The refusal's own words: its JSON's "error", else a short body of text, else its status line.
std::string refusal_text(const StatusLine& status, std::string_view body) {
  std::string text = error_member(body);
  if (text.empty() && !body.starts_with('{') && !body.starts_with('<'))
    text = body.substr(0, body.find_first_of("\r\n"));
  if (text.empty()) text = status.text;
  return text.substr(0, kMaxReasonBytes);
}

Error refusal(const StatusLine& status, std::string_view body) {
  const std::string text = refusal_text(status, body);
  if (status.code == 400 || status.code == 403 || status.code == 409) {
    return {Errc::kDenied, "refused: " + text};
  }
  return {Errc::kUnreachable,
          "it answered " + std::string(status.text) + (text == status.text ? "" : ": " + text)};
}

std::optional<Error> check_answer(std::string_view head, std::string_view key) {
  if (!has_token(field_of(head, "Upgrade"), "websocket") ||
      !has_token(field_of(head, "Connection"), "upgrade")) {
    return no_websocket("its answer is no WebSocket handshake");
  }
  if (field_of(head, "Sec-WebSocket-Accept") != accept_key(key)) {
    return no_websocket("its answer has a wrong Sec-WebSocket-Accept");
  }
  if (!field_of(head, "Sec-WebSocket-Extensions").empty()) {
    return no_websocket("its answer names an extension that was not offered");
  }
  return std::nullopt;
}

}  // namespace

std::string accept_key(std::string_view key) {
  const std::string text = std::string(key).append(kAcceptSuffix);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  const int done = EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  RELAY_CHECK(done == 1, "SHA-1 is there");
  return to_base64(digest.data(), size);
}

std::optional<UpgradeRefusal> check_upgrade(const UpgradeRequest& request, UpgradeOffer& offer) {
  if (auto refusal = check_fields(request)) return refusal;
  QueryFields fields;
  if (auto refusal = read_query(request.query, fields)) return refusal;
  offer.is_relay = has_token(request.subprotocols, kSubprotocol);
  return take_offer(fields, offer);
}

std::string upgrade_answer(std::string_view key, bool is_relay, std::string_view own_id,
                           std::uint64_t own_inc) {
  std::string head =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\nSec-WebSocket-Accept: ";
  head += accept_key(trim_blanks(key));
  if (is_relay) head.append("\r\nSec-WebSocket-Protocol: ").append(kSubprotocol);
  head.append("\r\nX-Relay-Node-Id: ").append(own_id);
  head.append("\r\nX-Relay-Incarnation: ").append(std::to_string(own_inc));
  return head += "\r\n\r\n";
}

std::string dial_key(RandomSource& random) {
  std::array<std::uint64_t, kKeyBytes / sizeof(std::uint64_t)> words{};
  random.fill(words);
  return to_base64(reinterpret_cast<const unsigned char*>(words.data()), kKeyBytes);
}

std::string dial_request(const DialRequest& request) {
  std::string head = "GET /ws/p2p?node_id=" + request.own_id;
  if (request.own_port != 0) head += "&port=" + std::to_string(request.own_port);
  if (request.own_inc != 0) head += "&inc=" + std::to_string(request.own_inc);
  head += " HTTP/1.1\r\nHost: " + request.address;
  head += "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ";
  head.append(request.key).append("\r\nSec-WebSocket-Protocol: ").append(kSubprotocol);
  return head += "\r\n\r\n";
}

Result<DialAnswer> read_dial_answer(std::string_view head, std::string_view body, std::string_view key) {
  const StatusLine status = read_status_line(head);
  if (status.code == 0) return no_websocket("it does not speak HTTP");
  if (status.code != 101) return refusal(status, body);
  if (const auto error = check_answer(head, key)) return *error;
  DialAnswer answer;
  const std::string subprotocol = field_of(head, "Sec-WebSocket-Protocol");
  if (!subprotocol.empty() && subprotocol != kSubprotocol) {
    return no_websocket("it chose a subprotocol that was not offered");
  }
  answer.node_id = field_of(head, "X-Relay-Node-Id");
  if (!answer.node_id.empty() && !is_node_name(answer.node_id)) {
    return no_websocket("its X-Relay-Node-Id is no id of a node");
  }
  // Some servers accept whatever subprotocol they are offered.
  answer.is_relay = subprotocol == kSubprotocol && !answer.node_id.empty();
  answer.inc = parse_decimal(field_of(head, "X-Relay-Incarnation")).value_or(0);
  return answer;
}

}  // namespace relay::mesh
