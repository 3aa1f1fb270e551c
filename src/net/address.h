#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace relay::net {

// A socket address as the system calls take it.
struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

// "192.0.2.1:4711" or "[2001:db8::1]:4711"; empty for another family.
[[nodiscard]] std::string address_text(const sockaddr_storage& address);

// The port of an address, 0 for another family.
[[nodiscard]] std::uint16_t address_port(const sockaddr_storage& address);

// An address given in numbers, "127.0.0.1" or "::1"; nothing for a name. `port` is digits. Never blocks.
[[nodiscard]] std::optional<Address> numeric_address(const std::string& host, const std::string& port);

// The addresses of a name, at least one. Blocks while it is looked up. Errors: kUnreachable, a sentence.
[[nodiscard]] Result<std::vector<Address>> resolve(const std::string& host, const std::string& port);

// The addresses that `host` (a name or an address) has here, ready to be bound. Blocks while a name is looked up, so
// only at start. kIo with a sentence when there is none.
[[nodiscard]] Result<std::vector<Address>> resolve_for_listening(const std::string& host, std::uint16_t port);

}  // namespace relay::net
