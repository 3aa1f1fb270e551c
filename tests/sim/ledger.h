#pragma once

#include <cstdint>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include "call/reply.h"
#include "sim/connection.h"
#include "sim/schedule.h"

namespace relay::sim {

// What a simulation demands of the calls of its clients.
enum class Demands : std::uint8_t {
  kAll,     // and what a reply says of a call is true
  kSafety,  // only what holds although peers lie: at most one run, one answer, in time
};

// A call that a client has made on some node.
struct ClientCall {
  std::string id;
  HostId origin = 0;
  std::string target;  // for people
  Instant begun{};
  Instant deadline{};
  bool is_notification = false;
  bool must_succeed = false;

  int answers = 0;
  Instant answered{};
  bool origin_died = false;
  bool is_value = false;
  std::string text;  // the value as JSON; of a failure its message
  Errc code = Errc::kInternal;
  Ran ran = Ran::kNo;
};

// What became of every call, and what must not have: keeps the books of one run.
//
// Programs print the id of each call when it runs, so a run counts although its changes are undone. Nested
// calls have the id of the one around them, a slash, and a number. Thread: one.
class Ledger {
 public:
  Ledger(Schedule& schedule, Demands demands) : schedule_(schedule), demands_(demands) {}

  void begin(ClientCall call);
  // The sink of a client's call.
  [[nodiscard]] std::unique_ptr<ReplySink> sink(const std::string& id);
  // From now on calls of one node for one server run in the order in which they were made.
  void expect_order() { expects_order_ = true; }
  // A node has printed this.
  void printed(HostId host, std::string_view line);
  void died(HostId host);
  // Something that must never be.
  void broken(std::string what);

  [[nodiscard]] const ClientCall* find(std::string_view id) const;
  [[nodiscard]] auto all() const { return std::views::values(calls_); }
  // Looks at everything; when nothing will happen any more.
  void settle();

  [[nodiscard]] const std::vector<std::string>& violations() const { return violations_; }
  [[nodiscard]] std::size_t calls() const { return calls_.size(); }
  // How many calls ended how: "value", or the kind of their failure.
  [[nodiscard]] std::map<std::string, std::size_t> ends() const;

 private:
  class Sink;
  void check_order(HostId host, const std::string& id);
  void answered(const std::string& id, Reply reply);
  void check_call(const ClientCall& call);
  void check_value(const ClientCall& call);
  void check_failure(const ClientCall& call);
  void demand_runs(const std::string& id, int runs, std::string_view why);
  [[nodiscard]] int runs(const std::string& id) const;

  Schedule& schedule_;
  const Demands demands_;
  std::map<std::string, ClientCall, std::less<>> calls_;
  std::map<std::string, int, std::less<>> runs_;
  std::map<std::string, int> last_run_;  // number of the call, by origin, host and server
  bool expects_order_ = false;
  std::vector<std::string> violations_;
};

}  // namespace relay::sim
