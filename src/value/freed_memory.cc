#include "value/freed_memory.h"

#ifdef RELAY_MIMALLOC
#include <mimalloc.h>
#endif

namespace relay {

#ifdef RELAY_MIMALLOC

ReturnsFreedMemory::ReturnsFreedMemory() : delay_before_(mi_option_get(mi_option_decommit_delay)) {
  mi_option_set(mi_option_decommit_delay, 0);
}

ReturnsFreedMemory::~ReturnsFreedMemory() {
  mi_collect(true);
  mi_option_set(mi_option_decommit_delay, delay_before_);
}

#else  // the allocator of a sanitizer, which keeps what is freed in any case

ReturnsFreedMemory::ReturnsFreedMemory() = default;
ReturnsFreedMemory::~ReturnsFreedMemory() = default;

#endif

}  // namespace relay
