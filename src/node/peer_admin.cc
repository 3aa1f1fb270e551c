#include "node/peer_admin.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace relay::node {
namespace {

namespace ip = boost::asio::ip;

// The address without its port and brackets; an IPv4 one that came over IPv6 as IPv4.
std::optional<ip::address> address_of(std::string_view peer) {
  const std::size_t colon = peer.rfind(':');
  std::string_view host = peer.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const ip::address address = ip::make_address(host, error);
  if (error) return std::nullopt;
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

bool contains(const ip::network_v4& network, const ip::address_v4& address) {
  const unsigned int mask = network.netmask().to_uint();
  return (address.to_uint() & mask) == (network.address().to_uint() & mask);
}

bool contains(const ip::network_v6& network, const ip::address_v6& address) {
  return ip::network_v6(address, network.prefix_length()).canonical() == network.canonical();
}

}  // namespace

struct PeerAdmin::Networks {
  std::vector<ip::network_v4> v4;
  std::vector<ip::network_v6> v6;

  [[nodiscard]] bool has(const ip::address& address) const {
    if (address.is_v4()) {
      for (const ip::network_v4& network : v4) {
        if (contains(network, address.to_v4())) return true;
      }
      return false;
    }
    for (const ip::network_v6& network : v6) {
      if (contains(network, address.to_v6())) return true;
    }
    return false;
  }
};

PeerAdmin::PeerAdmin(const std::vector<std::string>& networks) {
  Networks named;
  for (const std::string& text : networks) {
    boost::system::error_code error;
    const ip::network_v4 v4 = ip::make_network_v4(text, error);
    if (!error) {
      named.v4.push_back(v4);
    } else {
      named.v6.push_back(ip::make_network_v6(text));
    }
  }
  networks_ = std::make_unique<const Networks>(std::move(named));
}

PeerAdmin::~PeerAdmin() = default;

std::optional<std::string> PeerAdmin::refusal(std::string_view peer, bool has_origin) const {
  if (has_origin) return "a web page may not change the peers of a node (the request has an Origin)";
  const std::optional<ip::address> address = address_of(peer);
  if (address && (address->is_loopback() || networks_->has(*address))) return std::nullopt;
  return "only clients on this machine may change the peers of a node, unless -allow-peer-admin names their "
         "network";
}

Result<void> check_network(std::string_view text) {
  boost::system::error_code error;
  (void)ip::make_network_v4(std::string(text), error);
  if (!error) return {};
  (void)ip::make_network_v6(std::string(text), error);
  if (!error) return {};
  return Error{Errc::kParse, "expected a network such as 10.0.0.0/8, got \"" + std::string(text) + "\""};
}

}  // namespace relay::node
