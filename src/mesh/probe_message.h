#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "call/probe.h"

namespace relay::mesh {

// The data of a `probe` (docs/adr/0007): the search for a cycle of calls, carried and not understood by the
// mesh.
//
// Wire: {"phase": "search" or "confirm", "steps": [{"node","server","method","call","blocked"}], "round",
// "at", "left"}

// Errors: kParse, or kTooLarge past a bound, naming the field; kParse for numbers that do not fit the steps.
[[nodiscard]] Result<Probe> parse_probe(std::string_view data);
void append_probe(std::string& out, const Probe& probe);

}  // namespace relay::mesh
