#pragma once

#include <string>

namespace relay {

// Empties a text and frees its memory. Assigning an empty string would keep the memory: libstdc++ copies a
// short one into the buffer that is there.
inline void release_text(std::string& text) {
  std::string().swap(text);
}

}  // namespace relay
