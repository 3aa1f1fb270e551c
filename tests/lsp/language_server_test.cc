#include <random>

#include "session.h"

namespace relay::lsp {
namespace {

std::string range(std::uint32_t line, std::uint32_t from, std::uint32_t to) { return json_range({{line, from}, {line, to}}); }

std::vector<std::string> answers_of(const std::vector<std::string>& messages) {
  std::vector<std::string> sent;
  LanguageServer server([&](const std::string& message) { sent.push_back(message); });
  for (const std::string& message : messages) server.receive(message);
  return sent;
}

const char* const kCounter = R"(/// Counts.
server counter {
    state { count: number = 0 }
    /// Adds `by`.
    receive fn add(by: number) -> number { state.set("count", state.count + by) }
}
set names = ["a"]
set first = names.first()
print(first, message("counter", "add", 1))
)";

// ---- The session

TEST(LanguageServer, AnswersNothingBeforeItIsInitialized) {
  const auto sent = answers_of({R"({"jsonrpc":"2.0","id":"a","method":"textDocument/hover","params":{}})",
                                R"({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{}})"});
  EXPECT_EQ(sent, (std::vector<std::string>{
                      R"({"jsonrpc":"2.0","id":"a","error":{"code":-32002,"message":"the first request is `initialize`"}})"}));
}

TEST(LanguageServer, IsInitializedOnce) {
  Session session;
  EXPECT_TRUE(Session::has(session.request("initialize", "{}"), "-32600"));
}

TEST(LanguageServer, EndsWell) {
  Session session;
  EXPECT_EQ(session.request("shutdown", "null"), R"("result":null)");
  EXPECT_TRUE(Session::has(session.request("textDocument/hover", "{}"), "-32600"));
  EXPECT_FALSE(session.server.exit_code());
  session.notify("exit", "null");
  EXPECT_EQ(session.server.exit_code(), 0);
}

TEST(LanguageServer, EndsBadlyWithoutAShutdown) {
  Session session;
  session.notify("exit", "null");
  EXPECT_EQ(session.server.exit_code(), 1);
}

TEST(LanguageServer, AnswersWhatIsNoRequestWithAnError) {
  const auto code = [](const std::string& message) {
    const auto sent = answers_of({message});
    return sent.size() == 1 ? sent[0].substr(0, 57) : "";
  };
  EXPECT_EQ(code("{"), R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"messag)");
  EXPECT_EQ(code("\xFF"), R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"messag)");
  EXPECT_EQ(code("[]"), R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"messag)");
  EXPECT_EQ(code("{}"), R"({"jsonrpc":"2.0","id":null,"error":{"code":-32600,"messag)");
  EXPECT_EQ(code(R"({"id":1,"method":2})"), R"({"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":)");
  EXPECT_EQ(code(std::string(100'000, '[')), R"({"jsonrpc":"2.0","id":null,"error":{"code":-32700,"messag)");
}

TEST(LanguageServer, DropsAnswersOfTheClientAndUnknownNotifications) {
  Session session;
  const std::size_t before = session.sent.size();
  session.receive(R"({"jsonrpc":"2.0","id":1,"result":null})");
  session.notify("$/cancelRequest", R"({"id":1})");
  session.notify("workspace/didChangeConfiguration", "{}");
  EXPECT_EQ(session.sent.size(), before);
}

TEST(LanguageServer, KnowsNoOtherRequests) { EXPECT_TRUE(Session::has(Session().request("textDocument/foldingRange", "{}"), "-32601")); }

TEST(LanguageServer, WantsTheParametersOfARequest) {
  Session session;
  session.open("a");
  EXPECT_TRUE(Session::has(session.request("textDocument/hover", "{}"), "-32602"));
  EXPECT_TRUE(Session::has(session.request("textDocument/hover", "[1]"), "-32602"));
  EXPECT_TRUE(Session::has(session.of("hover"), "-32602"));
  EXPECT_TRUE(Session::has(session.at("rename", 0, 0), "-32602"));
  EXPECT_TRUE(Session::has(session.request("textDocument/formatting", R"({"textDocument":{"uri":"file:///other"}})"), "-32602"));
  EXPECT_TRUE(Session::has(
      session.request("textDocument/hover", R"({"textDocument":{"uri":"file:///a.rl"},"position":{"line":-1,"character":1.5}})"), "-32602"));
}

// ---- Documents and diagnostics

TEST(LanguageServer, TellsWhatIsWrongOnceForEachChange) {
  Session session;
  session.open("set smile = \"\xF0\x9F\x98\x80\"; nam");
  const std::string told = session.published();
  EXPECT_TRUE(Session::has(told, R"("version":1)")) << told;
  EXPECT_TRUE(Session::has(told, R"("range":)" + range(0, 18, 21) + R"(,"severity":1,"source":"relay","message":"undefined variable: nam)")) << told;
  EXPECT_EQ(session.published(), "");
}

TEST(LanguageServer, FollowsChangesOfParts) {
  Session session;
  session.open("print(1)\nprnt(2)\n");
  EXPECT_TRUE(Session::has(session.published(), "prnt"));
  session.notify("textDocument/didChange", R"({"textDocument":{"uri":"file:///a.rl","version":2},"contentChanges":[)"
                                           R"({"range":{"start":{"line":1,"character":2},"end":{"line":1,"character":2}},"text":"i"},)"
                                           R"({"range":{"start":{"line":0,"character":6},"end":{"line":0,"character":7}},"text":"12"}]})");
  EXPECT_EQ(session.published(), R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///a.rl","version":2,"diagnostics":[]}})");
  EXPECT_EQ(session.of("formatting"), R"("result":[])");
}

TEST(LanguageServer, FollowsChangesOfTheWhole) {
  Session session;
  session.open("print(1)\n");
  session.notify("textDocument/didChange", R"({"textDocument":{"uri":"file:///a.rl","version":2},"contentChanges":[{"text":"1 +"}]})");
  EXPECT_TRUE(Session::has(session.published(), "expected an expression"));
}

TEST(LanguageServer, ForgetsADocumentThatIsClosed) {
  Session session;
  session.open("1 +");
  session.notify("textDocument/didClose", R"({"textDocument":{"uri":"file:///a.rl"}})");
  EXPECT_EQ(session.sent.back(), R"({"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///a.rl","diagnostics":[]}})");
  EXPECT_TRUE(Session::has(session.of("formatting"), "-32602"));
}

TEST(LanguageServer, ForgetsADocumentWhoseTextItCannotKnow) {
  for (const char* change : {"{}", R"({"text":1})", R"({"range":{},"text":"a"})", "7"}) {
    Session session;
    session.open("print(1)\n");
    session.notify("textDocument/didChange", R"({"textDocument":{"uri":"file:///a.rl"},"contentChanges":[)" + std::string(change) + "]}");
    EXPECT_TRUE(Session::has(session.of("formatting"), "-32602")) << change;
  }
}

// ---- Answers

TEST(Hover, ShowsTypesAndDocs) {
  Session session;
  session.open(kCounter);
  EXPECT_EQ(session.at("hover", 7, 14), R"("result":{"contents":{"kind":"markdown","value":"```relay\nvariable names: [string]\n```"},"range":)" + range(7, 12, 17) + "}");
  EXPECT_TRUE(Session::has(session.at("hover", 8, 34), "receive fn add(by: number) -> number\\n```\\n\\nAdds `by`."));
  EXPECT_TRUE(Session::has(session.at("hover", 8, 2), "fn print("));
  EXPECT_EQ(session.at("hover", 99, 0), R"("result":null)");
}

TEST(Hover, ShowsHowAMethodOfAValueIsCalled) {
  Session session;
  session.open("set words = [\"a\"]\nprint(words.join(\",\"))\n");
  EXPECT_TRUE(Session::has(session.at("hover", 1, 13), "[string].join(separator: string) -> string"));
}

TEST(Hover, ShowsPlainTextToWhoReadsNothingElse) {
  std::vector<std::string> sent = answers_of(
      {R"({"id":1,"method":"initialize"})",
       R"({"method":"textDocument/didOpen","params":{"textDocument":{"uri":"u","text":"/// A <b>.\nfn f() { 1 }"}}})",
       R"({"id":2,"method":"textDocument/hover","params":{"textDocument":{"uri":"u"},"position":{"line":1,"character":3}}})"});
  EXPECT_TRUE(Session::has(sent.back(), R"({"kind":"plaintext","value":"fn f() -> number\n\nA <b>."})")) << sent.back();
}

TEST(Navigation, FindsDefinitionAndReferences) {
  Session session;
  session.open(kCounter);
  EXPECT_EQ(session.at("definition", 8, 34), R"("result":{"uri":"file:///a.rl","range":)" + range(4, 15, 18) + "}");
  EXPECT_EQ(session.at("definition", 8, 2), R"("result":null)");
  EXPECT_EQ(session.at("references", 6, 4), R"("result":[{"uri":"file:///a.rl","range":)" + range(7, 12, 17) + "}]");
  EXPECT_EQ(session.at("references", 6, 4, R"(,"context":{"includeDeclaration":true})"),
            R"("result":[{"uri":"file:///a.rl","range":)" + range(6, 4, 9) + R"(},{"uri":"file:///a.rl","range":)" + range(7, 12, 17) + "}]");
  EXPECT_EQ(session.at("documentHighlight", 6, 4), R"("result":[{"range":)" + range(6, 4, 9) + R"(,"kind":3},{"range":)" + range(7, 12, 17) + R"(,"kind":2}])");
}

TEST(Completion, OffersNamesAndWords) {
  Session session;
  session.open(kCounter);
  const std::string offered = session.at("completion", 9, 0);
  for (const char* label : {"names", "first", "counter", "print", "while", "server"}) {
    EXPECT_TRUE(Session::has(offered, R"({"label":")" + std::string(label) + "\"")) << label;
  }
  EXPECT_FALSE(Session::has(offered, R"("label":"by")"));
  EXPECT_TRUE(Session::has(session.at("completion", 4, 43), R"("label":"by")"));
}

TEST(Completion, OffersMembersBehindADot) {
  Session session;
  session.open("struct P { x: number }\nset names = [\"a\"]\nnames.");
  const std::string offered = session.at("completion", 2, 6);
  EXPECT_TRUE(Session::has(offered, R"({"label":"first","kind":2,"detail":"()"));
  EXPECT_FALSE(Session::has(offered, R"("label":"names")"));
  session.open("set names = [\"a\"]\nnames . fi");
  EXPECT_EQ(session.at("completion", 1, 10), offered);
  session.open("struct P { x: number }\nset p = P{x: 1}\np.");
  EXPECT_TRUE(Session::has(session.at("completion", 2, 2), R"({"label":"x","kind":5,"detail":"number")"));
}

TEST(Completion, OffersWhatASendAndAStructTake) {
  Session session;
  const std::string definitions =
      "server s { receive fn add(by: number, to: number) { helper(by) } fn helper(n) { n } }\nstruct P { x: number, y: number }\n";
  const auto labels_at_end = [&](const std::string& text) {
    session.open(definitions + text);
    std::string labels;
    const std::string offered = session.at("completion", 2, static_cast<std::uint32_t>(text.size()));
    for (std::size_t at = 0; (at = offered.find("\"label\":\"", at)) != std::string::npos; labels += ' ') {
      at += 9;
      labels += offered.substr(at, offered.find('"', at) - at);
    }
    return labels;
  };
  EXPECT_EQ(labels_at_end("send s "), "add ");
  EXPECT_EQ(labels_at_end("send \"s\" ad"), "add ");
  EXPECT_EQ(labels_at_end("send s add {"), "by to ");
  EXPECT_EQ(labels_at_end("send :s add {by: [1, 2], t"), "by to ");
  EXPECT_EQ(labels_at_end("set p = P{"), "x y ");
  EXPECT_EQ(labels_at_end("set p = P{x: f({a: 1}), "), "x y ");
  EXPECT_TRUE(labels_at_end("set p = P{x: ").starts_with("p s P print"));
  EXPECT_TRUE(labels_at_end("set p = [1, ").starts_with("p s P print"));
  EXPECT_TRUE(labels_at_end("send t ").starts_with("s P print"));
}

TEST(Completion, OffersNothingInsideTexts) {
  Session session;
  session.open("set a = \"text.\"\n// a.\n`b. ${a.} c.`\n/* a. */");
  EXPECT_EQ(session.at("completion", 0, 14), R"("result":null)");
  EXPECT_EQ(session.at("completion", 1, 5), R"("result":null)");
  EXPECT_EQ(session.at("completion", 2, 3), R"("result":null)");
  EXPECT_EQ(session.at("completion", 3, 5), R"("result":null)");
  EXPECT_NE(session.at("completion", 2, 8), R"("result":null)");
}

TEST(Rename, ReplacesTheDefinitionAndAllReferences) {
  Session session;
  session.open(kCounter);
  EXPECT_EQ(session.at("prepareRename", 8, 34), R"("result":{"range":)" + range(8, 33, 36) + R"(,"placeholder":"add"})");
  EXPECT_EQ(session.at("rename", 8, 34, R"(,"newName":"plus")"),
            R"("result":{"changes":{"file:///a.rl":[{"range":)" + range(4, 15, 18) + R"(,"newText":"plus"},{"range":)" + range(8, 33, 36) +
                R"(,"newText":"plus"}]}})");
}

TEST(Rename, KeepsServersAndTheirProtocolTogether) {
  Session session;
  session.open(
      "protocol P { get(key: string) -> any }\n"
      "server a implements P { receive fn get(key: string) { key } receive fn put() { 1 } }\n"
      "server b implements P { receive fn get(key: string) { send a get {key: key} } }\n"
      "server c { receive fn get(key: string) { key } }\n");
  const auto places = [&](std::uint32_t line, std::uint32_t character) {
    std::string found;
    const std::string answer = session.at("rename", line, character, R"(,"newName":"other")");
    for (std::size_t at = 0; (at = answer.find("{\"range\":{\"start\":{\"line\":", at)) != std::string::npos; found += ' ') {
      at += 26;
      const std::size_t column = answer.find("\"character\":", at) + 12;
      found += answer.substr(at, answer.find(',', at) - at) + ":" + answer.substr(column, answer.find('}', column) - column);
    }
    return found;
  };
  EXPECT_EQ(places(0, 13), "1:35 2:61 2:35 0:13 ");
  EXPECT_EQ(places(2, 61), "1:35 2:61 2:35 0:13 ");
  EXPECT_EQ(places(0, 17), "1:39 1:54 2:66 2:39 2:71 0:17 ");
  EXPECT_EQ(places(1, 72), "1:71 ");
  EXPECT_EQ(places(3, 22), "3:22 ");
}

TEST(Rename, RefusesWhatWouldChangeTheProgram) {
  Session session;
  session.open("set a = 1\nset b = 2\nfn f(c) { c + a }\nprint(a, b, f(1))");
  const auto refusal = [&](const std::string& name) { return session.at("rename", 0, 4, R"(,"newName":")" + name + "\""); };
  EXPECT_TRUE(Session::has(refusal("b"), "`b` is a variable already"));
  EXPECT_TRUE(Session::has(refusal("c"), "`c` is a parameter already"));
  EXPECT_TRUE(Session::has(refusal("print"), "`print` is a builtin"));
  EXPECT_TRUE(Session::has(refusal("while"), "`while` is a reserved word"));
  EXPECT_TRUE(Session::has(refusal("a b"), "is no name"));
  EXPECT_TRUE(Session::has(refusal(""), "is no name"));
  EXPECT_TRUE(Session::has(session.at("rename", 3, 1, R"(,"newName":"x")"), "nothing that can be renamed"));
  EXPECT_EQ(session.at("prepareRename", 3, 1), R"("result":null)");
}

TEST(Rename, RefusesAReservedWordWhereOneOfTheNamesGivenWithItCannotBeOne) {
  Session session;
  session.open(
      "protocol P { get() }\n"
      "server a implements P { receive fn get() { 1 } receive fn twice() { get() + get() } }\n"
      "protocol Q { put() }");
  for (const auto& [line, character] : {std::pair{0u, 13u}, {1u, 35u}})
    EXPECT_TRUE(Session::has(session.at("rename", line, character, R"(,"newName":"if")"), "`if` is a reserved word"));
  EXPECT_TRUE(Session::has(session.at("rename", 2, 13, R"(,"newName":"if")"), R"("newText":"if")"));
}

TEST(Rename, RefusesTwoParametersOfOneNameInAProtocol) {
  Session session;
  session.open("protocol P { m(a: number, b: number) n(b: number) }");
  EXPECT_TRUE(Session::has(session.at("rename", 0, 15, R"(,"newName":"b")"), "`b` is a parameter already"));
  EXPECT_TRUE(Session::has(session.at("rename", 0, 39, R"(,"newName":"a")"), R"("newText":"a")"));
}

TEST(Formatting, ChangesTheLinesThatDiffer) {
  Session session;
  session.open("a\nb( 1 )\nc\n");
  EXPECT_EQ(session.of("formatting"), R"("result":[{"range":)" + json_range({{1, 0}, {2, 0}}) + R"(,"newText":"b(1)\n"}])");
  session.open("a");
  EXPECT_EQ(session.of("formatting"), R"("result":[{"range":)" + json_range({{0, 0}, {0, 1}}) + R"(,"newText":"a\n"}])");
}

TEST(Formatting, KeepsAProgramWithSyntaxErrors) {
  Session session;
  session.open("a(");
  EXPECT_EQ(session.of("formatting"), R"("result":null)");
}

TEST(DocumentSymbols, AreATree) {
  Session session;
  session.open(kCounter);
  const std::string symbols = session.of("documentSymbol");
  const std::size_t server = symbols.find(R"({"name":"counter","kind":5)");
  const std::size_t field = symbols.find(R"("children":[{"name":"count","kind":8)");
  const std::size_t method = symbols.find(R"({"name":"add","kind":6)");
  const std::size_t variable = symbols.find(R"({"name":"names","kind":13)");
  ASSERT_NE(variable, std::string::npos) << symbols;
  EXPECT_TRUE(server < field && field < method && method < variable) << symbols;
  EXPECT_FALSE(Session::has(symbols, R"("name":"by")"));
}

TEST(DocumentSymbols, AreAListForWhoReadsNoTrees) {
  const auto sent = answers_of({R"({"id":1,"method":"initialize","params":{}})",
                                R"({"method":"textDocument/didOpen","params":{"textDocument":{"uri":"u","text":"struct P { x: number }"}}})",
                                R"({"id":2,"method":"textDocument/documentSymbol","params":{"textDocument":{"uri":"u"}}})"});
  EXPECT_TRUE(Session::has(sent.back(), R"({"name":"x","kind":8,"location":{"uri":"u","range":)")) << sent.back();
  EXPECT_TRUE(Session::has(sent.back(), R"("containerName":"P")"));
}

// ---- Whatever comes in

// Programs in the middle of being typed: cut anywhere, with characters put in.
TEST(LanguageServer, AnswersAboutHalfTypedPrograms) {
  std::mt19937 random(1);
  const std::string program = kCounter;
  for (int round = 0; round < 400; ++round) {
    Session session;
    std::string text = program.substr(0, random() % program.size());
    if (round % 2 == 0) text.insert(random() % (text.size() + 1), 1, "(){}[].\"`$:,/*\n"[random() % 15]);
    session.open(text);
    (void)session.published();
    const TextDocument document(text);
    const LspPosition place = document.position(static_cast<std::uint32_t>(random() % (text.size() + 1)));
    for (const char* method : {"hover", "definition", "references", "documentHighlight", "completion", "prepareRename"}) {
      EXPECT_TRUE(session.at(method, place.line, place.character).starts_with("\"result\":")) << method << " in\n" << text;
    }
    (void)session.at("rename", place.line, place.character, R"(,"newName":"other")");
    EXPECT_TRUE(session.of("documentSymbol").starts_with("\"result\":"));
    EXPECT_TRUE(session.of("formatting").starts_with("\"result\":"));
  }
}

// Messages with bytes changed: an answer, or none; never anything else.
TEST(LanguageServer, SurvivesSpoiltMessages) {
  std::mt19937 random(2);
  const std::vector<std::string> messages = {
      R"~({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})~",
      R"~({"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"u","version":1,"text":"set a = 1\nprint(a)"}}})~",
      R"~({"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"u","version":2},"contentChanges":[{"range":{"start":{"line":0,"character":1},"end":{"line":1,"character":2}},"text":"x"}]}})~",
      R"~({"jsonrpc":"2.0","id":"x","method":"textDocument/rename","params":{"textDocument":{"uri":"u"},"position":{"line":0,"character":4},"newName":"b"}})~",
  };
  for (int round = 0; round < 3000; ++round) {
    std::size_t answers = 0;
    LanguageServer server([&](const std::string&) { ++answers; });
    for (std::string message : messages) {
      for (std::size_t changes = random() % 3; changes > 0; --changes) message[random() % message.size()] = static_cast<char>(random() % 128);
      server.receive(message);
    }
    server.publish();
    EXPECT_LE(answers, 6u);
  }
}

}  // namespace
}  // namespace relay::lsp
