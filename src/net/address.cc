#include "net/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace relay::net {

std::string address_text(const sockaddr_storage& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const std::string port = ":" + std::to_string(address_port(address));
  if (address.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(address);
    inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return text.data() + port;
  }
  if (address.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    return "[" + std::string(text.data()) + "]" + port;
  }
  return {};
}

std::uint16_t address_port(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(address).sin_port);
  if (address.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  return 0;
}

namespace {

struct LookUp {
  int failure = 0;  // of getaddrinfo(); 0 when there are addresses
  std::vector<Address> addresses;
};

// What getaddrinfo() says of a failure; some it leaves to the system.
std::string reason_of(int failure) { return failure == EAI_SYSTEM ? std::strerror(errno) : gai_strerror(failure); }

LookUp look_up(const char* host, const std::string& port, int flags) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICSERV | flags;
  addrinfo* found = nullptr;
  LookUp result;
  result.failure = getaddrinfo(host, port.c_str(), &hints, &found);
  if (result.failure != 0) return result;
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    Address address;
    std::memcpy(&address.storage, entry->ai_addr, entry->ai_addrlen);
    address.length = entry->ai_addrlen;
    result.addresses.push_back(address);
  }
  return result;
}

}  // namespace

std::optional<Address> numeric_address(const std::string& host, const std::string& port) {
  LookUp found = look_up(host.c_str(), port, AI_NUMERICHOST);
  if (found.failure != 0) return std::nullopt;
  return found.addresses.front();
}

Result<std::vector<Address>> resolve(const std::string& host, const std::string& port) {
  LookUp found = look_up(host.c_str(), port, AI_ADDRCONFIG);
  if (found.failure == 0) return std::move(found.addresses);
  if (found.failure == EAI_NONAME || found.failure == EAI_NODATA) {
    return Error{Errc::kUnreachable, "host '" + host + "' is not known"};
  }
  return Error{Errc::kUnreachable, "host '" + host + "' cannot be looked up: " + reason_of(found.failure)};
}

Result<std::vector<Address>> resolve_for_listening(const std::string& host, std::uint16_t port) {
  LookUp found = look_up(host.empty() ? nullptr : host.c_str(), std::to_string(port), AI_PASSIVE);
  if (found.failure != 0) {
    return Error{Errc::kIo, "cannot listen on host '" + host + "': " + reason_of(found.failure)};
  }
  // People who say "localhost" then try 127.0.0.1.
  std::stable_partition(found.addresses.begin(), found.addresses.end(),
                        [](const Address& address) { return address.storage.ss_family == AF_INET; });
  return std::move(found.addresses);
}

}  // namespace relay::net
