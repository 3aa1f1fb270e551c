#include "repl/session.h"

#include <cstdio>
#include <fstream>

#include "session_fixture.h"

namespace relay::repl {
namespace {

using ::testing::TempDir;

TEST(Session, ShowsTheValueOfEachInputAndKeepsItsNames) {
  Talk talk;
  EXPECT_EQ(talk.value("set x = 41"), "41");
  EXPECT_EQ(talk.value("x + 1"), "42");
  EXPECT_EQ(talk.value("fn f(a) { a * x }"), "<function: f>");
  EXPECT_EQ(talk.value("f(2)"), "82");
  EXPECT_EQ(talk.value("struct P { a: number }\nP{a: 1}"), "P{a: 1}");
  EXPECT_EQ(talk.value("\"text\""), "\"text\"");
}

TEST(Session, NilIsShownUnlessItSaysNothing) {
  Talk talk;
  EXPECT_EQ(talk.value("nil"), "nil");
  EXPECT_EQ(talk.value("{a: 1}.b"), "nil");
  EXPECT_EQ(talk.value("struct P { a: number }"), "");
  EXPECT_EQ(talk.value("for i in range(3) { i }"), "");
  EXPECT_EQ(talk.value("print(\"out\")"), "");
  EXPECT_EQ(talk.value("// nothing"), "");
  EXPECT_EQ(talk.printed.take(4), "out\n");
}

TEST(Session, ErrorsShowTheInputWithItsNumber) {
  Talk talk;
  talk.say("1");
  const Reply undefined = talk.say("  foo(1)");
  EXPECT_TRUE(undefined.has_failed);
  EXPECT_EQ(undefined.error,
            "error: undefined function: foo\n --> <input 2>:1:3\n  |\n1 |   foo(1)\n  |   ^^^\n");
  const Reply wrong = talk.say("set = 1");
  EXPECT_TRUE(wrong.has_failed);
  EXPECT_NE(wrong.error.find("<input 3>:1:5"), std::string::npos) << wrong.error;
  EXPECT_EQ(talk.value("1 + 1"), "2");
}

TEST(Session, WarningsDoNotKeepAnInputFromRunning) {
  Talk talk;
  const Reply reply = talk.say("fn f(x: Nmber) { 1 }\nf(2)");
  EXPECT_FALSE(reply.has_failed);
  EXPECT_NE(reply.error.find("unknown type: Nmber"), std::string::npos) << reply.error;
  EXPECT_EQ(reply.text, "1\n");
}

TEST(Session, AnInterruptEndsARunawayLoopAndKeepsTheSession) {
  Talk talk;
  talk.say("set n = 0");
  talk.session->begin("while true { set n = n + 1 }");
  EXPECT_TRUE(talk.session->is_busy());
  talk.session->interrupt();
  const Reply reply = talk.wait();
  EXPECT_TRUE(reply.has_failed);
  EXPECT_EQ(reply.error, "interrupted\n");
  EXPECT_EQ(talk.value("n >= 0"), "true");
}

TEST(Session, AnInterruptReachesWhoWaitsAndWhoIsWaitedFor) {
  Talk talk;
  talk.say("server s { receive fn spin() { while true { } } receive fn ok() { 1 } }");
  for (const char* text : {"sleep(1000)", "send s spin {}", "message_all([{server: s, method: \"spin\"}])"}) {
    talk.session->begin(text);
    talk.session->interrupt();
    EXPECT_EQ(talk.wait().error, "interrupted\n") << text;
  }
  EXPECT_EQ(talk.value("send s ok {}"), "1");
}

TEST(Session, AServerDefinedAgainAnswersWithItsNewMethods) {
  Talk talk;
  talk.say("server s { state { n: number = 1 } receive fn get() { state.n } }");
  EXPECT_EQ(talk.value("send s get {}"), "1");
  talk.say("server s { state { n: number = 5 } receive fn get() { state.n * 2 } }");
  EXPECT_EQ(talk.value("send s get {}"), "10");
  EXPECT_EQ(talk.value(":servers"), "server s\n  get()\n  state.n: number");
}

TEST(Session, TellsTheStateOfAServerAsItsLastMessageLeftIt) {
  Talk talk;
  talk.say("server s { state { n: number = 1, log: [string] = [] } receive fn add(t: string) { state.set(\"log\", state.log.push(t)); sleep(1000) } }");
  EXPECT_EQ(talk.value(":state s"), "n: 1\nlog: []");
  talk.say("notify(s, \"add\", \"x\")");
  EXPECT_EQ(talk.value(":state s"), "n: 1\nlog: []");
  talk.say("server counter { }");
  EXPECT_EQ(talk.value(":state counter"), "no state");
  EXPECT_EQ(talk.value(":state conter"), "error: server 'conter' not found, did you mean counter?");
  EXPECT_EQ(talk.value(":state"), "error: :state needs NAME");
}

TEST(Session, TellsTheTypeOfAValue) {
  Talk talk;
  talk.say("struct User { name: string, tags: [string] }\nfn f(a: number, b: optional(string)) -> string { \"\" }");
  EXPECT_EQ(talk.value(":type 1"), "number");
  EXPECT_EQ(talk.value(":type [[1], [2]]"), "[[number]]");
  EXPECT_EQ(talk.value(":type [1, \"a\"]"), "[any]");
  EXPECT_EQ(talk.value(":type {a: 1}"), "{string: number}");
  EXPECT_EQ(talk.value(":type User{name: \"x\", tags: []}"), "struct User { name: string, tags: [string] }");
  EXPECT_EQ(talk.value(":type f"), "fn f(a: number, b: optional(string)) -> string");
  EXPECT_EQ(talk.value(":type nil"), "nil");
  EXPECT_EQ(talk.value(":type print"), "fn print(...values: any) -> nil");
}

TEST(Session, ALongValueIsCutAndFullShowsItWhole) {
  Talk talk;
  const std::string cut = talk.value("range(200)");
  EXPECT_NE(cut.find("... 150 more parts"), std::string::npos) << cut;
  const std::string whole = talk.value(":full");
  EXPECT_EQ(whole.find("more"), std::string::npos);
  EXPECT_NE(whole.find("199"), std::string::npos);
  EXPECT_NE(talk.value("\"x\".repeat(5000)").find("... 4,600 more bytes"), std::string::npos);
  EXPECT_EQ(talk.value(":full").size(), 5002u);
}

TEST(Session, ATextCannotSteerTheTerminal) {
  Talk talk;
  EXPECT_EQ(talk.value("\"\\u001b[31mred\\u009b\""), "\"\\u001b[31mred\\u009b\"");
  EXPECT_EQ(talk.value("{\"\\u001b[2J\": 1}"), "{\"\\u001b[2J\": 1}");
}

TEST(Session, LoadsAFileIntoTheSession) {
  Talk talk;
  const std::string path = TempDir() + "relay_session_test.rl";
  std::ofstream(path) << "fn from_file() { 7 }\nset loaded = true\n";
  EXPECT_EQ(talk.value(":load " + path), "true");
  EXPECT_EQ(talk.value("from_file()"), "7");
  std::ofstream(path) << "fn from_file() { 8 }\nfrom_file(";
  const Reply wrong = talk.say(":load");
  EXPECT_TRUE(wrong.has_failed);
  EXPECT_NE(wrong.error.find(path + ":2:"), std::string::npos) << wrong.error;
  EXPECT_EQ(talk.value("from_file()"), "7");
  std::remove(path.c_str());
  EXPECT_EQ(talk.value(":load"), "error: cannot read " + path);
}

TEST(Session, SaysThatConfigSetsNothing) {
  Talk talk;
  const Reply reply = talk.say("config { port: 80 }");
  EXPECT_FALSE(reply.has_failed);
  EXPECT_NE(reply.error.find("warning: `config` sets nothing here"), std::string::npos) << reply.error;
  EXPECT_EQ(reply.text, "");
}

TEST(Session, TimesAnEvaluation) {
  Talk talk;
  const Reply reply = talk.say(":time 1 + 1");
  EXPECT_EQ(reply.text.substr(0, 2), "2\n");
  EXPECT_EQ(reply.text.back(), '\n');
  EXPECT_GT(reply.text.size(), 4u);
}

TEST(Session, AnUnknownCommandGivesTheNearestName) {
  Talk talk;
  EXPECT_NE(talk.value(":hepl").find("did you mean :help?"), std::string::npos);
  EXPECT_NE(talk.value(":zzzzzzz").find(":help lists them"), std::string::npos);
  EXPECT_NE(talk.value(":help").find(":servers"), std::string::npos);
  EXPECT_TRUE(talk.say(":quit").leaves);
}

TEST(Session, AFileRunsBeforeTheFirstInput) {
  Talk talk("fn twice(x) { x * 2 }\nset base = twice(4)\nserver s { receive fn get() { twice(base) } }\nprint(\"ran\")");
  EXPECT_EQ(talk.printed.take(4), "ran\n");
  EXPECT_EQ(talk.first.text, "");
  EXPECT_EQ(talk.value("send s get {}"), "16");
  talk.say("fn twice(x) { x * 3 }");
  EXPECT_EQ(talk.value("[twice(1), send s get {}]"), "[3, 24]");
}

TEST(Session, AnInputOfAMegabyteIsEvaluated) {
  Talk talk;
  EXPECT_EQ(talk.value("\"" + std::string(1'000'000, 'a') + "\".length()"), "1000000");
  const Reply junk = talk.say(std::string(1'000'000, '('));
  EXPECT_TRUE(junk.has_failed);
  EXPECT_LT(junk.error.size(), 100'000u);
}

TEST(Session, BytesThatAreNoTextAreAnError) {
  Talk talk;
  EXPECT_TRUE(talk.say("\xff\xfe\x01").has_failed);
  EXPECT_EQ(talk.value("1"), "1");
}

}  // namespace
}  // namespace relay::repl
