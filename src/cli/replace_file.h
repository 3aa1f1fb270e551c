#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace relay::cli {

// Puts another text into a file: whoever reads it meanwhile sees the old text or the new one, and a failure leaves it as it
// was. Its permissions stay, a symbolic link stays one, a link to the same file under another name does not.
// Errors: kIo, a sentence that names the file.
[[nodiscard]] Result<void> replace_file(const std::string& path, std::string_view text);

}  // namespace relay::cli
