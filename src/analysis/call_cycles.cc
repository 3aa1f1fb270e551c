#include "analysis/call_cycles.h"

#include <algorithm>
#include <deque>
#include <set>
#include <unordered_map>

namespace relay::analysis {
namespace {

class CycleFinder {
 public:
  CycleFinder(const Definitions& definitions, const Observations& observations, Findings& findings)
      : definitions_(definitions), calls_(observations.calls), findings_(findings) {
    for (std::uint32_t call = 0; call < calls_.size(); ++call) {
      if (calls_[call].form != KnownCall::Form::kNotice) calls_from_[calls_[call].from].push_back(call);
    }
  }

  void run() {
    for (const ServerInfo& server : definitions_.servers) {
      for (const ast::ServerDef::Method& method : server.node->methods) {
        const std::uint32_t index = definitions_.function_index(method.function);
        if (method.kind == ast::ServerDef::MethodKind::kReceive && calls_from_.contains(index)) search(index);
      }
    }
  }

 private:
  // Breadth first, so that the shortest way to each call that closes a circle is shown.
  void search(std::uint32_t start) {
    std::unordered_map<std::uint32_t, std::uint32_t> came_by;  // the call that led to a function
    std::deque<std::uint32_t> open = {start};
    while (!open.empty()) {
      const std::uint32_t function = open.front();
      open.pop_front();
      const auto calls = calls_from_.find(function);
      if (calls == calls_from_.end()) continue;
      for (const std::uint32_t call : calls->second) {
        if (++steps_ > kMostCycleSteps) return;
        const std::uint32_t to = calls_[call].to;
        const bool closes = calls_[call].form == KnownCall::Form::kMessage &&
                            definitions_.functions[to].server == definitions_.functions[start].server;
        if (closes) {
          report(start, call, came_by);
        } else if (to != start && came_by.emplace(to, call).second) {
          open.push_back(to);
        }
      }
    }
  }

  void report(std::uint32_t start, std::uint32_t closing,
              const std::unordered_map<std::uint32_t, std::uint32_t>& came_by) {
    std::vector<std::uint32_t> messages = {closing};
    for (std::uint32_t at = calls_[closing].from; at != start;) {
      const std::uint32_t call = came_by.at(at);
      if (calls_[call].form == KnownCall::Form::kMessage) messages.push_back(call);
      at = calls_[call].from;
    }
    std::string text = "deadlock: " + name_of(start);
    for (auto call = messages.rbegin(); call != messages.rend(); ++call)
      text += " -> " + name_of(calls_[*call].to);
    // The same circle is met from each of its servers.
    std::sort(messages.begin(), messages.end());
    if (!seen_.insert(messages).second) return;
    const std::string& server = definitions_.servers[definitions_.functions[start].server].node->name.text;
    findings_.warning(
        calls_[closing].span, text, {},
        {"server '" + server + "' handles nothing else before '" +
         definitions_.functions[start].node->name.text + "' is done, so on this way the call fails"});
  }

  [[nodiscard]] std::string name_of(std::uint32_t function) const {
    const FunctionInfo& info = definitions_.functions[function];
    return definitions_.servers[info.server].node->name.text + "." + info.node->name.text;
  }

  const Definitions& definitions_;
  const std::vector<KnownCall>& calls_;
  Findings& findings_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> calls_from_;
  std::set<std::vector<std::uint32_t>> seen_;
  int steps_ = 0;
};

}  // namespace

void warn_call_cycles(const Definitions& definitions, const Observations& observations, Findings& findings) {
  CycleFinder(definitions, observations, findings).run();
}

}  // namespace relay::analysis
