#include "actor/server_summary.h"

#include "script_fixture.h"

namespace relay {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

TEST(ServerSummary, ListsMethodsInSourceOrderWithoutHelpers) {
  Stage stage(R"(
server counter {
  receive fn zero() { helper(0) }
  fn helper(n) { n }
  receive fn add(n: number) { n }
  receive fn get() { 1 }
}
)");
  const auto servers = stage.system->server_summaries();
  ASSERT_EQ(servers.size(), 1u);
  EXPECT_EQ(servers[0].name, "counter");
  EXPECT_EQ(servers[0].methods, (std::vector<std::string>{"zero", "add", "get"}));
  EXPECT_TRUE(servers[0].state.empty());
}

TEST(ServerSummary, ListsStateFieldsWithTheirTypesAsTheSourceWritesThem) {
  Stage stage(R"(
struct Post { title: string }
server blog {
  state {
    title: string = "t", count: number, posts: [object] = [], author: optional(string), by_id: {string: [Post]} = {},
    latest: optional(Post), open: bool = true, since: datetime, rest: any, on: function, list: array, o: object
  }
  receive fn get() { state }
}
)");
  EXPECT_EQ(stage.system->server_summaries()[0].state,
            (Fields{{"title", "string"},
                    {"count", "number"},
                    {"posts", "[object]"},
                    {"author", "optional(string)"},
                    {"by_id", "{string: [Post]}"},
                    {"latest", "optional(Post)"},
                    {"open", "bool"},
                    {"since", "datetime"},
                    {"rest", "any"},
                    {"on", "function"},
                    {"list", "array"},
                    {"o", "object"}}));
}

TEST(ServerSummary, SortsServersByName) {
  Stage stage("server b { receive fn m() { 1 } }\nserver c { receive fn m() { 1 } }\nserver a { receive fn m() { 1 } }");
  std::string names;
  for (const ServerSummary& server : stage.system->server_summaries()) names += server.name;
  EXPECT_EQ(names, "abc");
}

}  // namespace
}  // namespace relay
