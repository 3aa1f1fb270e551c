#include "repl/completer.h"

#include "session_fixture.h"

namespace relay::repl {
namespace {

class CompleterTest : public ::testing::Test {
 protected:
  CompleterTest() {
    talk_.say("set person = {name: \"Ann\", address: {city: \"Bern\", \"odd key\": 1}}");
    talk_.say("set people = [1, 2]");
    talk_.say("struct User { name: string, nick: string, age: number }\nset user = User{name: \"a\", nick: \"b\", age: 1}");
    talk_.say("server counter { state { count: number = 0 } receive fn add(n) { n } receive fn reset() { 0 } fn hidden() { 0 } }");
    talk_.say("fn personal() { 1 }");
  }
  std::vector<std::string> at_end(std::string_view text) {
    return complete(*talk_.session, text, text.size()).candidates;
  }

  Talk talk_;
  using Names = std::vector<std::string>;
};

TEST_F(CompleterTest, NamesOfTheSessionTheLanguageAndTheInput) {
  EXPECT_EQ(at_end("peo"), Names{"people"});
  EXPECT_EQ(at_end("1 + pers"), (Names{"person", "personal"}));
  EXPECT_EQ(at_end("json_"), (Names{"json_decode", "json_encode"}));
  EXPECT_EQ(at_end("disp"), Names{"dispatch"});
  EXPECT_EQ(at_end("count"), Names{"counter"});
  EXPECT_EQ(at_end("fn f(argument) { argu"), Names{"argument"});
  EXPECT_EQ(complete(*talk_.session, "1 + peo", 7).begin, 4u);
  EXPECT_TRUE(at_end("").empty());
  EXPECT_TRUE(at_end("__").empty());
}

TEST_F(CompleterTest, FieldsAndMethodsOfTheValueThatIsThere) {
  EXPECT_EQ(at_end("person.na"), Names{"name"});
  EXPECT_EQ(at_end("person.address.ci"), Names{"city"});
  EXPECT_EQ(at_end("person.ke"), Names{"keys"});
  EXPECT_EQ(at_end("person.address.odd"), Names{});
  EXPECT_EQ(at_end("user.n"), (Names{"name", "nick"}));
  EXPECT_EQ(at_end("people.pu"), Names{"push"});
  EXPECT_EQ(at_end("people.upp"), Names{});
  EXPECT_EQ(at_end("\"text\".upp"), Names{"upper"});
  EXPECT_EQ(at_end("person.address.city.upp"), Names{"upper"});
  EXPECT_EQ(at_end("f(x).group"), Names{"group_by"});
}

TEST_F(CompleterTest, ServersAndTheirMethods) {
  EXPECT_EQ(at_end("counter."), (Names{"add", "reset"}));
  EXPECT_EQ(at_end("send cou"), Names{"counter"});
  EXPECT_EQ(at_end("send counter re"), Names{"reset"});
  EXPECT_EQ(at_end("message(\"cou"), Names{"counter"});
  EXPECT_EQ(at_end("message(\"counter\", \"a"), Names{"add"});
  EXPECT_EQ(at_end("notify(counter, \"r"), Names{"reset"});
}

TEST_F(CompleterTest, FieldsOfAStructAndOfTheStateThatIsBeingWritten) {
  EXPECT_EQ(at_end("User{na"), Names{"name"});
  EXPECT_EQ(at_end("User{name: \"x\", a"), Names{"age"});
  EXPECT_EQ(at_end("server s { state { total: number = 0, tags: [string] } receive fn f() { state.t"), (Names{"tags", "total"}));
}

TEST_F(CompleterTest, CommandsAndWhatTheyTake) {
  EXPECT_EQ(at_end(":st"), Names{":state"});
  EXPECT_EQ(at_end(":state c"), Names{"counter"});
  EXPECT_EQ(at_end(":type peo"), Names{"people"});
  EXPECT_EQ(at_end(":type people.pu"), Names{"push"});
  EXPECT_EQ(at_end(":load /dev/nul"), Names{});
}

}  // namespace
}  // namespace relay::repl
