#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "value/display.h"
#include "vm/host.h"

namespace relay::test {

// A world that a test holds in its hand: what is printed and notified is kept, everything else is set
// beforehand.
class FakeHost final : public Host {
 public:
  Printed print(std::string_view text) override {
    output += text;
    return is_full ? Printed::kWait : Printed::kAccepted;
  }
  Notified notify(std::string_view server, std::string_view method, Value values, Duration delay) override {
    if (server == "nobody") return {message_bytes, runtime_error("server_not_found", "server 'nobody' not found")};
    notified.push_back(std::string(server) + "." + std::string(method) + display(values) + " in " +
                       std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(delay).count()) +
                       " ms");
    return {message_bytes, std::nullopt};
  }
  void start_server(std::uint16_t) override {}
  bool load_global(std::uint16_t, Value&) override { return false; }
  [[nodiscard]] WallTime wall_now() const override { return wall_time; }
  [[nodiscard]] std::uint64_t random_bits() override {
    if (bits.empty()) return generator();
    const std::uint64_t next = bits.front();
    bits.erase(bits.begin());
    return next;
  }
  [[nodiscard]] const std::string& node_id() const override { return id; }
  [[nodiscard]] const std::vector<std::string>& arguments() const override { return args; }
  [[nodiscard]] Result<std::optional<std::string>> environment(const std::string& variable) const override {
    const auto found = variables.find(variable);
    if (found == variables.end()) return Error{Errc::kDenied, ""};
    return found->second;
  }

  std::string output;
  bool is_full = false;
  std::size_t message_bytes = 0;  // what each notification is said to take
  std::vector<std::string> notified;
  WallTime wall_time{std::chrono::seconds(1'700'000'000)};
  std::vector<std::uint64_t> bits;  // drawn first
  std::mt19937_64 generator{42};
  std::string id = "test-node";
  std::vector<std::string> args;
  std::map<std::string, std::optional<std::string>> variables;  // those that the operator allowed
};

}  // namespace relay::test
