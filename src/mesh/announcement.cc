#include "mesh/announcement.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "mesh/field_reader.h"
#include "mesh/json_out.h"
#include "mesh/mesh_limits.h"
#include "value/json_writer.h"

namespace relay::mesh {
namespace {

// Of entries alike by `key` only the last stays; sorted by it.
template <typename T, typename Key>
void sort_and_keep_last(std::vector<T>& entries, Key key) {
  const auto is_less = [&](const T& a, const T& b) { return key(a) < key(b); };
  const auto is_same = [&](const T& a, const T& b) { return key(a) == key(b); };
  if (std::adjacent_find(entries.begin(), entries.end(), std::not_fn(is_less)) == entries.end()) return;
  std::stable_sort(entries.begin(), entries.end(), is_less);
  std::reverse(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end(), is_same), entries.end());
  std::reverse(entries.begin(), entries.end());
}

// As a JSON reader sees an object with a key twice: the last value, in the place of the first.
void keep_last_of_each_field(std::vector<std::pair<std::string, std::string>>& state) {
  std::map<std::string_view, std::size_t> first;
  std::vector<bool> is_repeated(state.size());
  for (std::size_t i = 0; i < state.size(); ++i) {
    const auto [at, is_new] = first.try_emplace(state[i].first, i);
    if (is_new) continue;
    state[at->second].second = state[i].second;
    is_repeated[i] = true;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < state.size(); ++i) {
    if (is_repeated[i]) continue;
    if (kept != i) state[kept] = std::move(state[i]);
    ++kept;
  }
  state.resize(kept);
}

constexpr std::uint64_t kMaxEveryMs =
    std::chrono::duration_cast<std::chrono::milliseconds>(kMaxDiscoveryInterval).count();

class SyncReader {
 public:
  explicit SyncReader(std::string_view data) : in_(data, kMaxJsonDepth) {}

  Result<SyncMessage> read() {
    in_.object("data", [&](std::string_view key) { return take(key); });
    if (!in_.finish()) return in_.error();
    return std::move(sync_);
  }

 private:
  bool take(std::string_view key) {
    if (in_.take_null()) return true;
    if (key == "digest") return take_digest();
    if (key == "nodes") return take_nodes();
    if (key == "leads_on") return in_.flag("leads_on", sync_.leads_on);
    if (key == "servers") {
      sync_.has_foreign_servers = true;
      return take_servers("servers", sync_.foreign_servers);
    }
    return in_.ignore();
  }

  bool take_digest() {
    sync_.has_digest = true;
    sync_.digest.clear();
    return in_.object("digest", kMaxNodes, [&](std::string_view key) {
      std::string node;
      Version version;
      if (!in_.key_node("digest", key, node) || !take_version(version)) return false;
      sync_.digest[std::move(node)] = version;
      return true;
    });
  }

  // [inc, seq]
  bool take_version(Version& version) {
    std::size_t count = 0;
    const bool is_read = in_.array("digest", 2, [&] {
      return in_.whole("digest", 0, kMaxIncarnation, count++ == 0 ? version.inc : version.seq);
    });
    if (!is_read) return false;
    return count == 2 || in_.fail("digest", "must hold [incarnation, number] for each node");
  }

  bool take_nodes() {
    sync_.nodes.clear();
    return in_.array("nodes", kMaxNodes, [&] { return take_announcement(sync_.nodes.emplace_back()); });
  }

  bool take_announcement(Announcement& told) {
    const std::size_t begin = in_.position();
    if (!take_members(told)) return false;
    return in_.position() - begin <= kMaxAnnouncementBytes || in_.too_long("nodes", kMaxAnnouncementBytes);
  }

  bool take_members(Announcement& told) {
    bool has_inc = false;
    bool has_seq = false;
    const bool is_read = in_.object("nodes", [&](std::string_view key) {
      if (key == "node") return in_.node("nodes.node", told.node);
      if (key == "inc") return has_inc = in_.whole("nodes.inc", 0, kMaxIncarnation, told.version.inc);
      if (key == "seq") return has_seq = in_.whole("nodes.seq", 0, kMaxIncarnation, told.version.seq);
      if (in_.take_null()) return true;
      if (key == "start") return in_.whole("nodes.start", 0, kMaxIncarnation, told.start);
      if (key == "every") return in_.whole("nodes.every", 0, kMaxEveryMs, told.every_ms);
      if (key == "address") return in_.text_or_empty("nodes.address", kMaxAddressBytes, told.address);
      if (key == "servers") return take_servers("nodes.servers", told.servers);
      if (key == "neighbors") return take_costs("nodes.neighbors", told.neighbors);
      if (key == "foreign") return take_costs("nodes.foreign", told.foreign);
      return in_.ignore();
    });
    if (!is_read) return false;
    if (told.node.empty()) return in_.missing("nodes.node");
    if (!has_inc) return in_.missing("nodes.inc");
    return has_seq || in_.missing("nodes.seq");
  }

  bool take_costs(std::string_view field, std::map<std::string, std::uint32_t>& costs) {
    costs.clear();
    return in_.object(field, kMaxNeighbors, [&](std::string_view key) {
      std::string node;
      std::uint64_t cost = 0;
      if (!in_.key_node(field, key, node) || !in_.whole(field, 1, UINT32_MAX, cost)) return false;
      costs[std::move(node)] = static_cast<std::uint32_t>(cost);
      return true;
    });
  }

  bool take_servers(std::string_view field, std::vector<ServerEntry>& servers) {
    servers.clear();
    const std::size_t begin = in_.position();
    const bool is_read = in_.object(field, kMaxServersOfNode, [&](std::string_view key) {
      ServerEntry& server = servers.emplace_back();
      return in_.key_text(field, kMaxNameBytes, key, server.name) && take_server(server);
    });
    if (!is_read) return false;
    if (in_.position() - begin > kMaxServersBytes) return in_.too_long(field, kMaxServersBytes);
    sort_and_keep_last(servers, [](const ServerEntry& server) -> const std::string& { return server.name; });
    return true;
  }

  bool take_server(ServerEntry& server) {
    return in_.object("servers", [&](std::string_view key) {
      if (in_.take_null()) return true;
      if (key == "methods") return take_methods(server.methods);
      if (key == "state") return take_state(server.state);
      return in_.ignore();
    });
  }

  bool take_methods(std::vector<std::string>& methods) {
    methods.clear();
    return in_.array("servers.methods", kMaxMethodsOfServer,
                     [&] { return in_.text("servers.methods", kMaxNameBytes, methods.emplace_back()); });
  }

  bool take_state(std::vector<std::pair<std::string, std::string>>& state) {
    state.clear();
    const bool is_read = in_.object("servers.state", kMaxStateFields, [&](std::string_view key) {
      auto& [field, type] = state.emplace_back();
      return in_.key_text("servers.state", kMaxNameBytes, key, field) &&
             in_.text("servers.state", kMaxNameBytes, type);
    });
    if (!is_read) return false;
    keep_last_of_each_field(state);
    return true;
  }

  FieldReader in_;
  SyncMessage sync_;
};

void append_key(std::string& out, std::string_view node) {
  if (out.back() != '{') out += ',';
  append_quoted(out, node);
  out += ':';
}

void append_costs(std::string& out, std::string_view before,
                  const std::map<std::string, std::uint32_t>& costs) {
  out.append(before);
  out += '{';
  for (const auto& [node, cost] : costs) {
    append_key(out, node);
    append_whole(out, cost);
  }
  out += '}';
}

void append_servers(std::string& out, const std::vector<ServerEntry>& servers) {
  out += R"(,"servers":{)";
  for (const ServerEntry& server : servers) {
    if (out.back() != '{') out += ',';
    append_json_string(out, server.name);
    out += ":{";
    append_server_members(out, server);
    out += '}';
  }
  out += '}';
}

void append_number(std::string& out, std::string_view before, std::uint64_t number) {
  out.append(before);
  append_whole(out, number);
}

void append_announcement(std::string& out, const Announcement& told) {
  out += R"({"node":)";
  append_quoted(out, told.node);
  append_number(out, R"(,"inc":)", told.version.inc);
  append_number(out, R"(,"seq":)", told.version.seq);
  if (told.start != 0) append_number(out, R"(,"start":)", told.start);
  if (told.every_ms != 0) append_number(out, R"(,"every":)", told.every_ms);
  out += R"(,"address":)";
  append_json_string(out, told.address);
  append_servers(out, told.servers);
  append_costs(out, R"(,"neighbors":)", told.neighbors);
  append_costs(out, R"(,"foreign":)", told.foreign);
  out += '}';
}

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= kMaxNameBytes;
}

// Whether others would read it.
bool is_announceable(const ServerEntry& server) {
  return is_name(server.name) && server.methods.size() <= kMaxMethodsOfServer &&
         server.state.size() <= kMaxStateFields && std::ranges::all_of(server.methods, is_name) &&
         std::ranges::all_of(server.state,
                             [](const auto& field) { return is_name(field.first) && is_name(field.second); });
}

}  // namespace

std::size_t fit_servers(std::vector<ServerEntry>& servers) {
  const std::size_t before = servers.size();
  std::erase_if(servers, [](const ServerEntry& server) { return !is_announceable(server); });
  std::size_t bytes = 2;
  std::size_t fitting = 0;
  for (std::string text; fitting < std::min(servers.size(), kMaxServersOfNode); ++fitting) {
    text.clear();
    append_json_string(text, servers[fitting].name);
    append_server_members(text, servers[fitting]);
    constexpr std::size_t kPunctuation = 4;
    if (bytes + text.size() + kPunctuation > kMaxServersBytes) break;
    bytes += text.size() + kPunctuation;
  }
  servers.resize(fitting);
  return before - fitting;
}

Result<SyncMessage> parse_sync(std::string_view data) {
  return SyncReader(data).read();
}

void append_digest(std::string& out, const std::map<std::string, Version>& digest) {
  out += R"({"digest":{)";
  for (const auto& [node, version] : digest) {
    append_key(out, node);
    out += '[';
    append_whole(out, version.inc);
    out += ',';
    append_whole(out, version.seq);
    out += ']';
  }
  out += "}}";
}

std::size_t append_nodes(std::string& out, std::span<const Announcement* const> nodes,
                         std::size_t most_bytes) {
  out += R"({"nodes":[)";
  const std::size_t begin = out.size();
  std::size_t count = 0;
  for (; count < nodes.size() && (count == 0 || out.size() - begin < most_bytes); ++count) {
    if (count > 0) out += ',';
    append_announcement(out, *nodes[count]);
  }
  out += "]}";
  return count;
}

void append_server_members(std::string& out, const ServerEntry& server) {
  out += R"("methods":[)";
  for (const std::string& method : server.methods) {
    if (out.back() != '[') out += ',';
    append_json_string(out, method);
  }
  out += R"(],"state":{)";
  for (const auto& [field, type] : server.state) {
    if (out.back() != '{') out += ',';
    append_json_string(out, field);
    out += ':';
    append_json_string(out, type);
  }
  out += '}';
}

}  // namespace relay::mesh
