#pragma once

#include <functional>

#include "call/call.h"
#include "vm/host.h"

namespace relay {

struct Realm;

// What the program of one actor can ask of the world: passes it on to the realm.
// Thread: the core that runs the actor.
class ActorHost final : public Host {
 public:
  // What differs between servers and top-level code.
  class Owner {
   public:
    virtual void before_send() = 0;
    [[nodiscard]] virtual bool load(std::uint16_t slot, Value& out) = 0;

   protected:
    ~Owner() = default;
  };

  ActorHost(Realm& realm, Owner& owner, ActorId caller) : realm_(realm), owner_(owner), caller_(caller) {}

  Printed print(std::string_view text) override;
  Notified notify(std::string_view server, std::string_view method, Value args, Duration delay) override;
  void start_server(std::uint16_t index) override;
  bool load_global(std::uint16_t slot, Value& out) override { return owner_.load(slot, out); }
  [[nodiscard]] WallTime wall_now() const override;
  [[nodiscard]] std::uint64_t random_bits() override;
  [[nodiscard]] const std::string& node_id() const override;
  [[nodiscard]] const std::vector<std::string>& arguments() const override;
  [[nodiscard]] Result<std::optional<std::string>> environment(const std::string& variable) const override;

 private:
  Realm& realm_;
  Owner& owner_;
  const ActorId caller_;
};

}  // namespace relay
