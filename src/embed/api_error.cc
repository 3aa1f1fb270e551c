#include "relay/error.h"

#include "embed/errors.h"

namespace relay::api {

std::string_view name(ErrorKind kind) {
  return relay::name(embed::to_errc(kind));
}

std::string_view name(Ran ran) {
  return relay::name(static_cast<relay::Ran>(ran));
}

}  // namespace relay::api
