#include "mesh/announcement.h"

#include <gtest/gtest.h>

#include <functional>

#include "mesh/mesh_limits.h"

namespace relay::mesh {
namespace {

std::string announcement_fault(const std::string& data) {
  const Result<SyncMessage> read = parse_sync(data);
  return read ? "" : read.error().detail;
}

Errc code(const std::string& data) {
  const Result<SyncMessage> read = parse_sync(data);
  return read ? Errc::kInternal : read.error().code;
}

// An announcement with these members beside its node and version.
std::string told(const std::string& members) {
  return R"({"nodes":[{"node":"a","inc":1,"seq":2)" + (members.empty() ? "" : "," + members) + "}]}";
}

// `count` parts with commas between, each by its number.
std::string parts(std::size_t count, const std::function<std::string(std::string)>& part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + part(std::to_string(i));
  return text;
}

Announcement whole_announcement() {
  Announcement made;
  made.node = "n.1";
  made.version = {1'795'243'430'123, 42};
  made.start = 1'795'243'430'000;
  made.every_ms = 30'000;
  made.address = "localhost:8080";
  made.servers = {{"blog", {"z", "a", "caf\xC3\xA9"}, {{"posts", "array"}, {"a \"b\"", "number"}}},
                  {"empty", {}, {}}};
  made.neighbors = {{"n2", 1024}, {"n3", UINT32_MAX}};
  made.foreign = {{"browser", 2048}};
  return made;
}

TEST(Announcement, IsReadAsItWasWritten) {
  const Announcement first = whole_announcement();
  Announcement second;
  second.node = "n2";
  second.version = {1, 0};
  std::string text;
  append_nodes(text, std::vector<const Announcement*>{&first, &second});
  const Result<SyncMessage> read = parse_sync(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->has_digest);
  EXPECT_FALSE(read->has_foreign_servers);
  ASSERT_EQ(read->nodes.size(), 2u);
  const Announcement& got = read->nodes[0];
  EXPECT_EQ(got.node, first.node);
  EXPECT_EQ(got.version, first.version);
  EXPECT_EQ(got.start, first.start);
  EXPECT_EQ(got.every_ms, first.every_ms);
  EXPECT_EQ(got.address, first.address);
  EXPECT_EQ(got.servers, first.servers);
  EXPECT_EQ(got.neighbors, first.neighbors);
  EXPECT_EQ(got.foreign, first.foreign);
  EXPECT_EQ(read->nodes[1].node, "n2");
  std::string again;
  append_nodes(again, std::vector<const Announcement*>{&read->nodes[0], &read->nodes[1]});
  EXPECT_EQ(again, text);
}

TEST(Announcement, HasTheShapeThatIsDocumented) {
  Announcement one;
  one.node = "n1";
  one.version = {7, 8};
  one.start = 6;
  one.every_ms = 30'000;
  one.address = "h:1";
  one.servers = {{"s", {"m"}, {{"f", "number"}}}};
  one.neighbors = {{"n2", 1024}};
  std::string text;
  append_nodes(text, std::vector<const Announcement*>{&one});
  EXPECT_EQ(text, R"({"nodes":[{"node":"n1","inc":7,"seq":8,"start":6,"every":30000,"address":"h:1",)"
                  R"("servers":{"s":{"methods":["m"],"state":{"f":"number"}}},)"
                  R"("neighbors":{"n2":1024},"foreign":{}}]})");
}

TEST(Digest, IsReadAsItWasWritten) {
  const std::map<std::string, Version> digest = {{"a", {1, 2}}, {"b", {kMaxIncarnation, 0}}};
  std::string text;
  append_digest(text, digest);
  EXPECT_EQ(text, R"({"digest":{"a":[1,2],"b":[9007199254740991,0]}})");
  const Result<SyncMessage> read = parse_sync(text);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_TRUE(read->has_digest);
  EXPECT_EQ(read->digest, digest);
  EXPECT_TRUE(parse_sync(R"({"digest":{}})")->has_digest);
}

TEST(Sync, TakesTheServersOfAForeignPeer) {
  const Result<SyncMessage> read =
      parse_sync(R"({"servers":{"b":{"methods":["x"],"state":null,"node_id":"q"},"a":{}}})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_TRUE(read->has_foreign_servers);
  EXPECT_EQ(read->foreign_servers, (std::vector<ServerEntry>{{"a", {}, {}}, {"b", {"x"}, {}}}));
}

TEST(Sync, IgnoresWhatItDoesNotKnow) {
  const Result<SyncMessage> read = parse_sync(R"({"registry":[1,{"servers":2}],"digest":null})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_FALSE(read->has_digest);
  EXPECT_TRUE(read->nodes.empty());
  EXPECT_FALSE(read->has_foreign_servers);
}

TEST(Announcement, LetsTheLastOfADuplicateWin) {
  const Result<SyncMessage> read = parse_sync(told(
      R"("servers":{"s":{"methods":["old"]},"a":{},"s":{"methods":["new"],"state":{"f":"x","g":"y","f":"z"}}})"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->nodes[0].servers,
            (std::vector<ServerEntry>{{"a", {}, {}}, {"s", {"new"}, {{"f", "z"}, {"g", "y"}}}}));
  const Result<SyncMessage> costs = parse_sync(told(R"("neighbors":{"b":1,"b":2})"));
  EXPECT_EQ(costs->nodes[0].neighbors.at("b"), 2u);
}

TEST(Announcement, NamesTheFieldThatIsMissing) {
  EXPECT_EQ(announcement_fault(R"({"nodes":[{}]})"), "field 'nodes.node' is missing");
  EXPECT_EQ(announcement_fault(R"({"nodes":[{"node":"a","seq":1}]})"), "field 'nodes.inc' is missing");
  EXPECT_EQ(announcement_fault(R"({"nodes":[{"node":"a","inc":1}]})"), "field 'nodes.seq' is missing");
}

TEST(Announcement, NamesTheFieldThatIsWrong) {
  EXPECT_EQ(announcement_fault("1"), "field 'data' must be an object, got a number");
  EXPECT_EQ(announcement_fault(R"({"nodes":{}})"), "field 'nodes' must be an array, got an object");
  EXPECT_EQ(announcement_fault(R"({"nodes":["a"]})"), "field 'nodes' must be an object, got a string");
  EXPECT_EQ(announcement_fault(told(R"("inc":-1)")),
            "field 'nodes.inc' must be a whole number from 0 to 9007199254740991");
  EXPECT_EQ(announcement_fault(told(R"("seq":1e20)")),
            "field 'nodes.seq' must be a whole number from 0 to 9007199254740991");
  EXPECT_EQ(announcement_fault(told(R"("address":1)")),
            "field 'nodes.address' must be a string, got a number");
  EXPECT_EQ(announcement_fault(told(R"("servers":[])")),
            "field 'nodes.servers' must be an object, got an array");
  EXPECT_EQ(announcement_fault(told(R"("servers":{"s":1})")),
            "field 'servers' must be an object, got a number");
  EXPECT_EQ(announcement_fault(told(R"("servers":{"":{}})")),
            "field 'nodes.servers' must not have an empty name");
  EXPECT_EQ(announcement_fault(told(R"("servers":{"s":{"methods":[""]}})")),
            "field 'servers.methods' must not be empty");
  EXPECT_EQ(announcement_fault(told(R"("servers":{"s":{"state":{"f":1}}})")),
            "field 'servers.state' must be a string, got a number");
  EXPECT_EQ(announcement_fault(told(R"("neighbors":{"b":0})")),
            "field 'nodes.neighbors' must be a whole number from 1 to 4294967295");
  EXPECT_EQ(announcement_fault(told(R"("foreign":{"b":4294967296})")),
            "field 'nodes.foreign' must be a whole number from 1 to 4294967295");
  EXPECT_TRUE(announcement_fault(told(R"("neighbors":{"a b":1})"))
                  .starts_with("field 'nodes.neighbors' must be the name of a node"));
  EXPECT_TRUE(announcement_fault(R"({"digest":{"":[1,2]}})")
                  .starts_with("field 'digest' must be the name of a node"));
  EXPECT_EQ(announcement_fault(R"({"digest":{"a":[1]}})"),
            "field 'digest' must hold [incarnation, number] for each node");
  EXPECT_EQ(announcement_fault(R"({"digest":{"a":[1,2,3]}})"), "field 'digest' must have at most 2 elements");
  EXPECT_EQ(announcement_fault(R"({"digest":{"a":5}})"), "field 'digest' must be an array, got a number");
}

TEST(Announcement, IsBoundedInEveryCount) {
  const auto node = [](const std::string& i) { return R"({"node":"n)" + i + R"(","inc":1,"seq":1})"; };
  const auto nodes = [&](std::size_t count) { return "{\"nodes\":[" + parts(count, node) + "]}"; };
  EXPECT_EQ(announcement_fault(nodes(kMaxNodes)), "");
  EXPECT_EQ(announcement_fault(nodes(kMaxNodes + 1)), "field 'nodes' must have at most 1024 elements");
  EXPECT_EQ(code(nodes(kMaxNodes + 1)), Errc::kTooLarge);

  const auto version = [](const std::string& i) { return "\"n" + i + "\":[1,2]"; };
  const auto digest = [&](std::size_t count) { return "{\"digest\":{" + parts(count, version) + "}}"; };
  EXPECT_EQ(announcement_fault(digest(kMaxNodes)), "");
  EXPECT_EQ(code(digest(kMaxNodes + 1)), Errc::kTooLarge);

  const auto cost = [](const std::string& i) { return "\"n" + i + "\":1"; };
  const auto costs = [&](std::size_t count) { return told("\"neighbors\":{" + parts(count, cost) + "}"); };
  EXPECT_EQ(announcement_fault(costs(kMaxNeighbors)), "");
  EXPECT_EQ(code(costs(kMaxNeighbors + 1)), Errc::kTooLarge);

  const auto server = [](const std::string& i) { return "\"s" + i + "\":{}"; };
  const auto servers = [&](std::size_t count) { return told("\"servers\":{" + parts(count, server) + "}"); };
  EXPECT_EQ(announcement_fault(servers(kMaxServersOfNode)), "");
  EXPECT_EQ(code(servers(kMaxServersOfNode + 1)), Errc::kTooLarge);
}

TEST(Announcement, IsBoundedInWhatAServerHas) {
  const auto with = [](const std::string& members) { return told(R"("servers":{"s":{)" + members + "}}"); };
  const auto method = [](const std::string& i) { return "\"m" + i + "\""; };
  const auto methods = [&](std::size_t count) { return with("\"methods\":[" + parts(count, method) + "]"); };
  EXPECT_EQ(announcement_fault(methods(kMaxMethodsOfServer)), "");
  EXPECT_EQ(code(methods(kMaxMethodsOfServer + 1)), Errc::kTooLarge);

  const auto field = [](const std::string& i) { return "\"f" + i + "\":\"number\""; };
  const auto state = [&](std::size_t count) { return with("\"state\":{" + parts(count, field) + "}"); };
  EXPECT_EQ(announcement_fault(state(kMaxStateFields)), "");
  EXPECT_EQ(code(state(kMaxStateFields + 1)), Errc::kTooLarge);

  const auto named = [&](std::size_t bytes) {
    return with("\"methods\":[\"" + std::string(bytes, 'm') + "\"]");
  };
  EXPECT_EQ(announcement_fault(named(kMaxNameBytes)), "");
  EXPECT_EQ(announcement_fault(named(kMaxNameBytes + 1)),
            "field 'servers.methods' must have at most 256 bytes");
  EXPECT_EQ(code(told("\"address\":\"" + std::string(kMaxAddressBytes + 1, 'x') + "\"")), Errc::kTooLarge);
}

TEST(Announcement, IsBoundedInBytes) {
  const auto server = [](const std::string& i) { return "\"" + std::string(200, 's') + i + "\":{}"; };
  const auto servers = [&](std::size_t count) { return told("\"servers\":{" + parts(count, server) + "}"); };
  EXPECT_EQ(announcement_fault(servers(kMaxServersBytes / 220)), "");
  EXPECT_EQ(code(servers(kMaxServersBytes / 200)), Errc::kTooLarge);
  EXPECT_EQ(code(told("\"x\":\"" + std::string(kMaxAnnouncementBytes, 'x') + "\"")), Errc::kTooLarge);
}

TEST(Announcement, IsSentInPartsOfBoundedSize) {
  Announcement one;
  one.node = "n";
  one.address = std::string(200, 'a');
  const std::vector<const Announcement*> nodes(10, &one);
  std::string text;
  EXPECT_EQ(append_nodes(text, nodes, 500), 2u);
  EXPECT_EQ(parse_sync(text)->nodes.size(), 2u);
  std::string at_least_one;
  EXPECT_EQ(append_nodes(at_least_one, nodes, 1), 1u);
}

TEST(Announcement, LeavesOutServersThatOthersWouldNotRead) {
  std::vector<ServerEntry> servers;
  for (int i = 0; i < 12'000; ++i)
    servers.push_back({"server " + std::to_string(i), {"method"}, {{"n", "number"}}});
  servers.push_back({std::string(kMaxNameBytes + 1, 'x'), {}, {}});
  servers.push_back({"many", std::vector<std::string>(kMaxMethodsOfServer + 1, "m"), {}});
  const std::size_t all = servers.size();
  const std::size_t left_out = fit_servers(servers);
  EXPECT_EQ(servers.size() + left_out, all);
  EXPECT_GT(servers.size(), 1000u);
  Announcement own;
  own.node = "n";
  own.servers = servers;
  std::string text;
  append_nodes(text, std::vector<const Announcement*>{&own});
  EXPECT_EQ(announcement_fault(text), "");
  EXPECT_EQ(parse_sync(text)->nodes[0].servers.size(), servers.size());
}

TEST(Announcement, KeepsAllServersThatFit) {
  std::vector<ServerEntry> servers{{"a", {"m"}, {{"f", "number"}}}, {"b", {}, {}}};
  EXPECT_EQ(fit_servers(servers), 0u);
  EXPECT_EQ(servers.size(), 2u);
}

}  // namespace
}  // namespace relay::mesh
