#include "cli/standard_streams.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/check.h"

namespace relay::cli {
namespace {

// open() takes the lowest free number, which is this one when those below are taken.
void fill(int descriptor, int mode) {
  if (fcntl(descriptor, F_GETFD) >= 0) return;
  const int opened = open("/dev/null", mode);
  RELAY_CHECK(opened == descriptor, "/dev/null cannot stand for a closed stream");
}

}  // namespace

void fill_standard_streams() {
  fill(STDIN_FILENO, O_RDONLY);
  fill(STDOUT_FILENO, O_RDONLY);  // so that who prints learns that nobody gets it
  fill(STDERR_FILENO, O_WRONLY);
}

}  // namespace relay::cli
