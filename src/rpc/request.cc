#include "rpc/request.h"

#include <algorithm>

#include "base/utf8.h"
#include "rpc/remote_call.h"
#include "rpc/response.h"
#include "rpc/target.h"
#include "value/json_cursor.h"

namespace relay::rpc {
namespace {

// The members of one request as they stand in the text, before they are judged.
struct Members {
  bool has_version = false;  // "jsonrpc" is there and is "2.0"
  bool has_id = false;
  JsonKind id_kind = JsonKind::kNone;
  std::string_view id;
  bool has_method = false;
  JsonKind method_kind = JsonKind::kNone;
  std::string_view method;  // with its quotes and escapes
  bool has_params = false;
  JsonKind params_kind = JsonKind::kNone;
  Parcel params;
};

bool is_container(JsonKind kind) {
  return kind == JsonKind::kArray || kind == JsonKind::kObject;
}

class RequestReader {
 public:
  RequestReader(std::string_view body, const Limits& limits, const SymbolTable* symbols)
      : limits_(limits), cursor_(body, {.max_depth = limits.max_json_depth, .symbols = symbols}) {}

  Result<RequestList> read(std::size_t expected) {
    RequestList list;
    list.is_batch = cursor_.peek() == JsonKind::kArray;
    const bool is_read = list.is_batch ? read_batch(list, expected) : read_one(list);
    if (!is_read || !cursor_.finish()) return cursor_.error();
    return list;
  }

 private:
  bool read_batch(RequestList& list, std::size_t expected) {
    list.requests.reserve(std::min(expected, limits_.max_batch));
    if (!cursor_.enter_array()) return false;
    while (cursor_.next_element()) {
      if (!read_one(list)) return false;
    }
    return !cursor_.has_failed();
  }

  bool read_one(RequestList& list) {
    if (++list.count > limits_.max_batch) return skip();
    if (cursor_.peek() == JsonKind::kObject) {
      Members members;
      if (!read_members(members)) return false;
      judge(members, list.requests.emplace_back());
      return true;
    }
    if (!skip()) return false;
    refuse(list.requests.emplace_back(), kInvalidRequest, "a request must be an object");
    return true;
  }

  bool skip() {
    Value ignored;
    return cursor_.read(ignored);
  }

  // A value that is judged by its kind alone when it is a container.
  bool read_plain(JsonKind& kind, std::string_view& raw) {
    kind = cursor_.peek();
    return is_container(kind) ? skip() : cursor_.read_raw(raw);
  }

  bool read_members(Members& members) {
    if (!cursor_.enter_object()) return false;
    std::string_view key;
    while (cursor_.next_member(key)) {
      if (!read_member(key, members)) return false;
    }
    return !cursor_.has_failed();
  }

  bool read_member(std::string_view key, Members& members) {
    if (key == "jsonrpc") return read_version(members);
    if (key == "id") {
      members.has_id = true;
      return read_plain(members.id_kind, members.id);
    }
    if (key == "method") {
      members.has_method = true;
      return read_plain(members.method_kind, members.method);
    }
    if (key == "params") {
      members.has_params = true;
      members.params_kind = cursor_.peek();
      return read_params(members.params);
    }
    return skip();
  }

  bool read_params(Parcel& params) {
    Heap heap;
    HeapScope scope(heap);
    Value value;
    if (!cursor_.read(value)) return false;
    params = seal(heap, std::move(value));
    return true;
  }

  bool read_version(Members& members) {
    members.has_version = false;
    if (cursor_.peek() != JsonKind::kString) return skip();
    std::string_view version;
    if (!cursor_.read_text(version)) return false;
    members.has_version = version == "2.0";
    return true;
  }

  static void refuse(Request& request, ErrorRow row, std::string detail) {
    if (request.id.empty() && row.code == kInvalidRequest.code) request.id = kNullId;
    request.fault = RequestFault{row, std::move(detail)};
  }

  void judge(Members& members, Request& request) {
    const bool is_good_id = members.id_kind == JsonKind::kString || members.id_kind == JsonKind::kNumber ||
                            members.id_kind == JsonKind::kNull;
    if (members.has_id) request.id = is_good_id ? members.id : kNullId;
    if (!members.has_version) return refuse(request, kInvalidRequest, "'jsonrpc' must be \"2.0\"");
    if (members.has_id && !is_good_id)
      return refuse(request, kInvalidRequest, "'id' must be a string, a number or null");
    if (!members.has_method) return refuse(request, kInvalidRequest, "'method' is missing");
    if (members.method_kind != JsonKind::kString)
      return refuse(request, kInvalidRequest, "'method' must be a string");
    if (members.has_params && !is_container(members.params_kind)) {
      return refuse(request, kInvalidRequest, "'params' must be an array or an object");
    }
    aim(members, request);
  }

  // A valid request: which call it is.
  void aim(Members& members, Request& request) {
    std::string_view method = members.method.substr(1, members.method.size() - 2);
    std::string unescaped;
    if (method.find('\\') != std::string_view::npos) {
      static_cast<void>(append_unescaped(unescaped, method));  // read_raw() has checked it
      method = unescaped;
    }
    request.call.source = ArgsSource::kJson;
    if (method == kRemoteCall) {
      auto fault = aim_remote_call(std::move(members.params).open(), limits_, request);
      if (fault) refuse(request, kInvalidParams, std::move(*fault));
      return;
    }
    Target target;
    if (method.starts_with(kReservedPrefix)) {
      return refuse(request, kMethodNotFound, "method names that begin with 'rpc.' are reserved");
    }
    if (!split_target(method, target)) {
      return refuse(request, kMethodNotFound,
                    "'" + shortened(method, kShownNameBytes) + "' is not of the form server.method");
    }
    request.call.node = target.node;
    request.call.server = target.server;
    request.call.method = target.method;
    const bool is_by_name = members.params_kind == JsonKind::kObject;
    request.call.form = is_by_name ? ArgsForm::kByNameOrWhole : ArgsForm::kByPosition;
    request.call.args = std::move(members.params);
  }

  const Limits& limits_;
  JsonCursor cursor_;
};

}  // namespace

Result<RequestList> read_requests(std::string_view body, const Limits& limits, const SymbolTable* symbols) {
  constexpr std::size_t kShortestRequest = 50;  // bytes; only for the first guess at the number of calls
  Heap heap;
  HeapScope scope(heap);
  return RequestReader(body, limits, symbols).read(body.size() / kShortestRequest + 1);
}

}  // namespace relay::rpc
