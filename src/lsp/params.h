#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lsp/text_document.h"
#include "value/value.h"

namespace relay::lsp {

// Members of what a client has sent, each of which may be missing or of another type. A path is of keys with dots between:
// "textDocument.uri".

// nullptr when nothing stands there.
[[nodiscard]] const Value* find(const Value& object, std::string_view path);
[[nodiscard]] std::optional<std::string> text_at(const Value& object, std::string_view path);
// A whole number from 0 to 2^32 - 1.
[[nodiscard]] std::optional<std::uint32_t> count_at(const Value& object, std::string_view path);
[[nodiscard]] std::optional<LspPosition> position_at(const Value& object, std::string_view path);
[[nodiscard]] std::optional<LspRange> range_at(const Value& object, std::string_view path);
[[nodiscard]] bool is_true_at(const Value& object, std::string_view path);
// Whether an array of strings stands there that has this one.
[[nodiscard]] bool lists(const Value& object, std::string_view path, std::string_view text);

}  // namespace relay::lsp
