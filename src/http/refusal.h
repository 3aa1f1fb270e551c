#pragma once

#include <string_view>

namespace relay::http {

// What is wrong with a request, as the status and the sentence that it is answered with. Status 0: nothing. The
// sentence lives as long as the program.
struct Refusal {
  int status = 0;
  std::string_view reason;

  explicit operator bool() const { return status != 0; }
};

}  // namespace relay::http
