#include "vm/native_object_work.h"

#include <array>

#include "value/array.h"

namespace relay {
namespace {

Value part_of(const object::Entry& entry, EntryPart part) {
  if (part == EntryPart::kKey) return *entry.key;
  if (part == EntryPart::kContent) return *entry.content;
  std::array<Value, 2> pair = {*entry.key, *entry.content};
  return array::make(pair);
}

}  // namespace

void append_entries(Value& out, const Value& object, EntryPart part, std::size_t& position,
                    std::size_t room) {
  for (; room > 0 && position != object::kNone; --room) {
    array::push(out, part_of(object::entry(object, position), part));
    position = object::next(object, position);
  }
}

void merge_entries(Value& self, const Value& other, std::size_t& position, std::size_t room) {
  for (; room > 0 && position != object::kNone; --room) {
    const object::Entry entry = object::entry(other, position);
    object::set(self, *entry.key, *entry.content);
    position = object::next(other, position);
  }
}

}  // namespace relay
