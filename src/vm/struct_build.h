#pragma once

#include "bytecode/program.h"
#include "value/value.h"
#include "vm/script_error.h"

namespace relay {

// Makes an instance of `info` from the fields that `object` holds: what `User{..}`, `User(o)` and the
// conversion of arguments share. Optional fields that are not given are nil.
//
// Errors: false, and `error` says, in this order, which field the struct does not have, which required one
//         is missing, which has the wrong type.
[[nodiscard]] bool build_struct(const bytecode::Program& program, const bytecode::StructInfo& info,
                                Value object, Value& out, ScriptError& error);

// `field 'age' of struct User must be number, got string`
[[nodiscard]] ScriptError wrong_field_error(const bytecode::Program& program,
                                            const bytecode::StructInfo& info, std::uint32_t field,
                                            const Value& content);

// Whether `content` may stand in field number `field` of `info`; if not, `error` says why.
[[nodiscard]] inline bool check_field(const bytecode::Program& program, const bytecode::StructInfo& info,
                                      std::uint32_t field, const Value& content, ScriptError& error) {
  if (program.types.fits(content, info.field_types[field])) [[likely]]
    return true;
  error = wrong_field_error(program, info, field, content);
  return false;
}

// `struct User has no field 'x'`, with the nearest field as a hint.
[[nodiscard]] ScriptError unknown_field_error(const StructType& type, std::string_view field);

}  // namespace relay
