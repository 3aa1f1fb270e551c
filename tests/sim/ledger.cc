#include "sim/ledger.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace relay::sim {
namespace {

// How late an answer may come: what events of one instant cost.
constexpr Duration kSlack = std::chrono::milliseconds(20);
constexpr std::size_t kMaxViolations = 20;

// "c5/1" of "c5/1/2"; empty for "c5".
std::string outer(const std::string& id) {
  const std::size_t slash = id.rfind('/');
  return slash == std::string::npos ? std::string() : id.substr(0, slash);
}

// Every id in the value of a call: the value itself, or the parts of a message_all that went well.
std::vector<std::string> ids_in(const std::string& json) {
  std::vector<std::string> ids;
  const bool is_list = json.starts_with('[');
  const std::string mark = is_list ? "\"ok\":\"" : "\"";
  for (std::size_t at = json.find(mark); at != std::string::npos; at = json.find(mark, at)) {
    at += mark.size();
    const std::size_t end = json.find('"', at);
    if (end == std::string::npos) break;
    ids.push_back(json.substr(at, end - at));
    at = end + 1;
  }
  return ids;
}

}  // namespace

class Ledger::Sink final : public ReplySink {
 public:
  Sink(Ledger& ledger, std::string id) : ledger_(ledger), id_(std::move(id)) {}
  [[nodiscard]] Form form() const override { return Form::kJson; }
  void answer(Reply reply) override { ledger_.answered(id_, std::move(reply)); }

 private:
  Ledger& ledger_;
  const std::string id_;
};

void Ledger::begin(ClientCall call) {
  schedule_.note(call.id);
  calls_.emplace(call.id, std::move(call));
}

std::unique_ptr<ReplySink> Ledger::sink(const std::string& id) {
  return std::make_unique<Sink>(*this, id);
}

void Ledger::answered(const std::string& id, Reply reply) {
  ClientCall& call = calls_.find(id)->second;
  ++call.answers;
  call.answered = schedule_.now();
  call.is_value = std::holds_alternative<std::string>(reply);
  if (call.is_value) {
    call.text = std::get<std::string>(reply);
  } else if (const auto* failure = std::get_if<Failure>(&reply)) {
    call.code = failure->code;
    call.ran = failure->ran;
    call.text = failure->code == Errc::kApplication ? failure->thrown_json : failure->message;
  } else {
    broken("call " + id + " was answered by a value where JSON was asked for");
  }
  schedule_.note(id);
  schedule_.note(call.text);
}

void Ledger::printed(HostId host, std::string_view line) {
  constexpr std::string_view kRun = "run ";
  if (!line.starts_with(kRun)) return;
  std::string id(line.substr(kRun.size()));
  // Calls of liars are nobody's.
  if (!id.starts_with('c')) return;
  schedule_.note(static_cast<std::uint64_t>(host));
  schedule_.note(id);
  if (++runs_[id] == 2) broken("call " + id + " ran twice");
  if (expects_order_) check_order(host, id);
}

// Nested calls have callers of their own.
void Ledger::check_order(HostId host, const std::string& id) {
  const ClientCall* call = find(id);
  if (call == nullptr) return;
  const std::size_t method = call->target.rfind('.');
  const std::string way = std::to_string(call->origin) + ' ' + std::to_string(host) + ' ' +
                          call->target.substr(call->target.rfind('.', method - 1), method);
  const int number = std::stoi(id.substr(1));
  int& last = last_run_[way];
  if (number < last) broken("call " + id + " of " + call->target + " ran after c" + std::to_string(last));
  last = std::max(last, number);
}

void Ledger::died(HostId host) {
  for (auto& [id, call] : calls_) {
    if (call.origin == host && call.answers == 0) call.origin_died = true;
  }
}

void Ledger::broken(std::string what) {
  if (violations_.size() >= kMaxViolations) return;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(schedule_.elapsed()).count();
  violations_.push_back("at " + std::to_string(ms) + " ms: " + std::move(what));
}

const ClientCall* Ledger::find(std::string_view id) const {
  const auto found = calls_.find(id);
  return found == calls_.end() ? nullptr : &found->second;
}

int Ledger::runs(const std::string& id) const {
  const auto found = runs_.find(id);
  return found == runs_.end() ? 0 : found->second;
}

void Ledger::settle() {
  for (const auto& [id, call] : calls_) check_call(call);
}

void Ledger::check_call(const ClientCall& call) {
  if (call.answers > 1)
    broken("call " + call.id + " was answered " + std::to_string(call.answers) + " times");
  if (call.is_notification || (call.origin_died && call.answers == 0)) return;
  if (call.answers == 0) return broken("call " + call.id + " of " + call.target + " was never answered");
  if (call.answered > call.deadline + kSlack) {
    const auto late =
        std::chrono::duration_cast<std::chrono::milliseconds>(call.answered - call.deadline).count();
    broken("call " + call.id + " was answered " + std::to_string(late) + " ms after its deadline");
  }
  if (call.must_succeed && !call.is_value) {
    broken("call " + call.id + " of " + call.target +
           " failed when all was well again: " + std::string(name(call.code)) + ": " + call.text);
  }
  if (call.is_value && call.text.find("forged") != std::string::npos) {
    broken("call " + call.id + " was answered by a liar that it did not pass");
  }
  if (demands_ != Demands::kAll) return;
  call.is_value ? check_value(call) : check_failure(call);
}

void Ledger::check_value(const ClientCall& call) {
  for (std::string id : ids_in(call.text)) {
    if (id != call.id && !id.starts_with(call.id + "/")) {
      broken("call " + call.id + " was answered by what belongs to another: " + call.text);
      return;
    }
    for (; !id.empty(); id = outer(id)) demand_runs(id, 1, "it was answered with a value");
  }
  demand_runs(call.id, 1, "it was answered with a value");
}

void Ledger::check_failure(const ClientCall& call) {
  const std::string kind(name(call.code));
  if (call.code == Errc::kInternal || call.code == Errc::kParse || call.code == Errc::kIo) {
    broken("call " + call.id + " failed as no call may: " + kind + ": " + call.text);
  }
  if (call.ran == Ran::kNo) demand_runs(call.id, 0, kind + " said that it had not run: " + call.text);
  if (call.ran == Ran::kYes) demand_runs(call.id, 1, kind + " said that it had run: " + call.text);
  if (call.code == Errc::kApplication && call.text != '"' + call.id + '"' &&
      call.text.find(call.id) == std::string::npos) {
    broken("call " + call.id + " was answered by the failure of another: " + call.text);
  }
}

void Ledger::demand_runs(const std::string& id, int expected, std::string_view why) {
  if (runs(id) == expected) return;
  broken("call " + id + " ran " + std::to_string(runs(id)) + " times, although " + std::string(why));
}

std::map<std::string, std::size_t> Ledger::ends() const {
  std::map<std::string, std::size_t> ends;
  for (const auto& [id, call] : calls_) {
    if (call.answers > 0) ++ends[call.is_value ? "value" : std::string(name(call.code))];
  }
  return ends;
}

}  // namespace relay::sim
