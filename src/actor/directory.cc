#include "actor/directory.h"

namespace relay {

void Directory::take_growth(const bytecode::Program& program) {
  const std::size_t size = program.servers.size() + 1;
  auto entries = std::make_unique<Entry[]>(size);
  by_name_.clear();
  by_name_.reserve(program.servers.size());
  for (std::size_t i = size; i-- > 0;) {
    entries[i].id = i + 1;
    if (i < size_) entries[i].actor.store(entries_[i].actor.load());
    if (i == 0) continue;
    entries[i].info = program.servers[i - 1].get();
    by_name_.emplace(entries[i].info->name, &entries[i]);  // the newest of a name comes first
  }
  entries_ = std::move(entries);
  size_ = size;
}

Directory::Entry* Directory::find(std::string_view server) const {
  const auto found = by_name_.find(server);
  return found == by_name_.end() ? nullptr : found->second;
}

Directory::Entry* Directory::find(ActorId id) const {
  return id == 0 || id > size_ ? nullptr : &entries_[id - 1];
}

}  // namespace relay
