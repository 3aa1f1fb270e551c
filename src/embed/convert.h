#pragma once

#include "base/result.h"
#include "call/reply.h"
#include "relay/value.h"
#include "value/transfer.h"
#include "value/value.h"

namespace relay::embed {

// Values of the language to those of the library, and back: one walk each, without native recursion.

// By the table of JSON (spec http.md, Conversion), but NaN and infinities stay what they are.
[[nodiscard]] api::Value to_api(const relay::Value& value);
// Under the current heap. Errors: kTooLarge, a text of more than 64 MiB.
[[nodiscard]] relay::Result<relay::Value> to_language(const api::Value& value);
// The same as a parcel, built under a heap of its own.
[[nodiscard]] relay::Result<Parcel> to_parcel(const api::Value& value);
// Opens it under a heap of its own.
[[nodiscard]] api::Value to_api(Parcel parcel);

}  // namespace relay::embed
