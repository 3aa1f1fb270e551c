#include "actor/directory.h"

namespace relay {

Directory::Directory(const bytecode::Program& program)
    : entries_(std::make_unique<Entry[]>(program.servers.size() + 1)), size_(program.servers.size() + 1) {
  by_name_.reserve(program.servers.size());
  for (std::size_t i = 0; i < size_; ++i) {
    entries_[i].id = i + 1;
    if (i == program.servers.size()) break;
    entries_[i].info = program.servers[i].get();
    by_name_.emplace(entries_[i].info->name, &entries_[i]);
  }
}

Directory::Entry* Directory::find(std::string_view server) const {
  const auto found = by_name_.find(server);
  return found == by_name_.end() ? nullptr : found->second;
}

Directory::Entry* Directory::find(ActorId id) const {
  return id == 0 || id > size_ ? nullptr : &entries_[id - 1];
}

}  // namespace relay
