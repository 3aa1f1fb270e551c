#include "mesh/probe_message.h"

#include <utility>

#include "mesh/field_reader.h"
#include "mesh/json_out.h"
#include "mesh/mesh_limits.h"
#include "value/json_reader.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

constexpr std::string_view kSearch = "search";
constexpr std::string_view kConfirm = "confirm";

class ProbeReader {
 public:
  explicit ProbeReader(std::string_view data) : in_(data, kMaxJsonDepth) {}

  Result<Probe> read() {
    in_.object("data", [&](std::string_view key) { return take(key); });
    if (!in_.finish()) return in_.error();
    if (phase_ != kSearch && phase_ != kConfirm)
      return Error{Errc::kParse, "field 'phase' must be search or confirm"};
    probe_.phase = phase_ == kSearch ? Probe::Phase::kSearch : Probe::Phase::kConfirm;
    if (!is_sound(probe_)) return Error{Errc::kParse, "fields 'at' and 'left' must fit 'steps'"};
    return std::move(probe_);
  }

 private:
  bool take(std::string_view key) {
    if (key == "phase") return in_.text("phase", kConfirm.size(), phase_);
    if (key == "steps") return in_.array("steps", kMaxProbeSteps, [&] { return take_step(); });
    if (key == "round") return take_count("round", probe_.round);
    if (key == "at") return take_count("at", probe_.at);
    if (key == "left") return take_count("left", probe_.left);
    return in_.ignore();
  }

  bool take_step() {
    ProbeStep& step = probe_.steps.emplace_back();
    const bool is_read = in_.object("steps", [&](std::string_view key) {
      if (key == "node") return in_.node("steps.node", step.wait.node);
      if (key == "server") return in_.text("steps.server", kMaxNameBytes, step.wait.server);
      if (key == "method") return in_.text("steps.method", kMaxNameBytes, step.wait.method);
      if (key == "call") return in_.whole("steps.call", 0, UINT64_MAX, step.wait.call);
      if (key == "blocked") return in_.flag("steps.blocked", step.is_blocked);
      return in_.ignore();
    });
    return is_read;
  }

  bool take_count(std::string_view field, std::uint32_t& out) {
    std::uint64_t count = 0;
    if (!in_.whole(field, 0, UINT32_MAX, count)) return false;
    out = static_cast<std::uint32_t>(count);
    return true;
  }

  FieldReader in_;
  Probe probe_;
  std::string phase_;
};

void append_step(std::string& out, const ProbeStep& step) {
  out += R"({"node":)";
  append_quoted(out, step.wait.node);
  out += R"(,"server":)";
  append_json_string(out, step.wait.server);
  out += R"(,"method":)";
  append_json_string(out, step.wait.method);
  out += R"(,"call":)";
  append_whole(out, step.wait.call);
  out += step.is_blocked ? R"(,"blocked":true})" : "}";
}

}  // namespace

Result<Probe> parse_probe(std::string_view data) {
  return ProbeReader(data).read();
}

void append_probe(std::string& out, const Probe& probe) {
  out += R"({"phase":)";
  append_quoted(out, probe.phase == Probe::Phase::kSearch ? kSearch : kConfirm);
  out += R"(,"steps":[)";
  for (const ProbeStep& step : probe.steps) {
    if (out.back() != '[') out += ',';
    append_step(out, step);
  }
  out += R"(],"round":)";
  append_whole(out, probe.round);
  out += R"(,"at":)";
  append_whole(out, probe.at);
  out += R"(,"left":)";
  append_whole(out, probe.left);
  out += '}';
}

}  // namespace relay::mesh
