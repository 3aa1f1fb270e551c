#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "value/transfer.h"

namespace relay {

// Whether the method ran (spec mesh.md, table of kinds): what a caller must know before it tries again.
enum class Ran : std::uint8_t { kNo, kYes, kUnknown };
[[nodiscard]] std::string_view name(Ran ran);

// Where in the program an error arose; shown to clients only with -dev, and in the log.
struct FailureOrigin {
  SourcePlace place;              // never without a file
  std::vector<TraceEntry> trace;  // innermost first
  std::string note;               // a further line; may be empty
};

// Where a failure arose that did not arise here, and the way to there.
struct FailurePath {
  std::string node;
  std::vector<std::string> path;  // nodes, from the caller's to that one, as far as known
};

// A call that did not give a value: exactly one kind, one sentence, and what the kind carries.
struct Failure {
  Errc code = Errc::kInternal;
  std::string message;
  std::string hint;         // "did you mean `x`?", for a caller in the language; may be empty
  std::string error_kind;   // kRuntime: the language's kind: "type", "name", "arithmetic", ...
  Parcel thrown;            // kApplication, for a sink that wants values: the thrown value
  std::string thrown_json;  // kApplication, for a sink that wants JSON
  Ran ran = Ran::kNo;
  std::chrono::milliseconds retry_after{0};  // kOverloaded: when to try again; 0: not known
  std::unique_ptr<FailureOrigin> origin;     // may be null
  std::unique_ptr<FailurePath> where;        // null: on this node
};

// How a call ended: a value, the same as JSON text, or a failure.
using Reply = std::variant<Parcel, std::string, Failure>;

// Where the answer of one call goes.
// Thread: answer() may be called on any core, once; the sink is destroyed there.
class ReplySink {
 public:
  enum class Form : std::uint8_t { kValue, kJson };

  virtual ~ReplySink() = default;
  // kJson: a value is written as JSON on the core that runs the actor, straight from the actor's own value.
  [[nodiscard]] virtual Form form() const = 0;
  // kJson: a longer result fails the call as kTooLarge, before it commits.
  [[nodiscard]] virtual std::size_t max_json_bytes() const { return SIZE_MAX; }
  virtual void answer(Reply reply) = 0;
};

}  // namespace relay
