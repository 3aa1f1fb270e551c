#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace relay::mesh {

// The little of HTTP/1.1 that a handshake needs.

[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] std::string_view trim_blanks(std::string_view text);
// Whether a comma-separated list has `token`, in any case of letters.
[[nodiscard]] bool has_token(std::string_view list, std::string_view token);
// A whole decimal number without sign that fits.
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view text);
// "%41" is "A"; nullopt for a percent sign without two hex digits behind it.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text);
// The value of a field of `head`, without blanks around it; empty: absent. Several of a name count as a list.
[[nodiscard]] std::string field_of(std::string_view head, std::string_view name);

}  // namespace relay::mesh
