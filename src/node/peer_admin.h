#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace relay::node {

// Who may change which peers a node has (spec mesh.md, Registry endpoints): programs on this machine, and
// those in the networks that the operator names; never a web page. Thread: any; immutable.
class PeerAdmin {
 public:
  // `networks`: "10.0.0.0/8", "2001:db8::/32", checked by check_network().
  explicit PeerAdmin(const std::vector<std::string>& networks);
  ~PeerAdmin();

  // `peer`: "192.0.2.1:4711". Why it may not, as a sentence; nullopt: it may.
  [[nodiscard]] std::optional<std::string> refusal(std::string_view peer, bool has_origin) const;

 private:
  struct Networks;
  std::unique_ptr<const Networks> networks_;
};

// Errors: kParse, unless `text` is an address with a prefix length.
[[nodiscard]] Result<void> check_network(std::string_view text);

}  // namespace relay::node
