#pragma once

namespace relay::cli {

// Puts something in the place of standard input, output and error where the parent has closed them, so that no file or
// socket that is opened later becomes one of them. Input is then empty, writing to output fails, what goes to error is
// dropped. Before anything else is opened.
void fill_standard_streams();

}  // namespace relay::cli
