#include "net/socket.h"

#include <unistd.h>

namespace relay::net {

Socket::~Socket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace relay::net
