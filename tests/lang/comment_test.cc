#include "lang/comment.h"

#include "parsing.h"

namespace relay {
namespace {

using ast::as;

// Each comment as its kind and text.
Lines comments_in(const std::string& text) {
  const ParseResult result = parse_text(text);
  Lines lines;
  for (const Comment& comment : result.comments) {
    const char* kind = comment.kind == CommentKind::kLine ? "line " : comment.kind == CommentKind::kDoc ? "doc " : "block ";
    lines.push_back(kind + std::string(result.module->file->text(comment.span)));
  }
  return lines;
}

const ast::ServerDef& server_in(const ParseResult& result) { return as<ast::ServerDef>(*result.module->items.at(0)); }

std::string doc_of_function(const std::string& text) {
  const ParseResult result = parse_text(text);
  EXPECT_EQ(lines_of(result.diagnostics), Lines()) << text;
  return as<ast::FnExpr>(*result.module->items.back()).function.doc;
}

TEST(Comments, AreKeptInTheirOrder) {
  EXPECT_EQ(comments_in("// one\n/// two\nset a = /* three\n */ 4 // five"),
            (Lines{"line // one", "doc /// two", "block /* three\n */", "line // five"}));
}

TEST(Comments, DoNotTakeInTheirLineBreak) { EXPECT_EQ(comments_in("1 // one\r\n// two\n"), (Lines{"line // one", "line // two"})); }

TEST(Comments, InsideAnInterpolationAreKept) { EXPECT_EQ(comments_in("`a ${1 /* one */}`"), (Lines{"block /* one */"})); }

TEST(Comments, InsideAStringAreNone) { EXPECT_EQ(comments_in("\"// a\" `/* b */`"), Lines()); }

TEST(Comments, OfFourSlashesAreNoDocComments) { EXPECT_EQ(comments_in("//// a\n//"), (Lines{"line //// a", "line //"})); }

TEST(Comments, ThatNeverEndAreKeptToo) { EXPECT_EQ(comments_in("1 /* a"), (Lines{"block /* a"})); }

TEST(DocComments, LoseTheirSlashesAndOneBlank) {
  EXPECT_EQ(doc_of_function("/// One.\n///\n///   Two.  \n///Three.\nfn f() { 1 }"), "One.\n\n  Two.\nThree.");
}

TEST(DocComments, StandInFilesWithCarriageReturnsToo) { EXPECT_EQ(doc_of_function("/// A.\r\n/// B.\r\nfn f() {}"), "A.\nB."); }

TEST(DocComments, StandAtTheStartOfAFileBehindItsMark) { EXPECT_EQ(doc_of_function("\xEF\xBB\xBF/// A.\nfn f() {}"), "A."); }

TEST(DocComments, BelongToWhatStandsDirectlyBelow) {
  EXPECT_EQ(doc_of_function("/// Of nothing.\n\n/// Of f.\nfn f() {}"), "Of f.");
  EXPECT_EQ(doc_of_function("/// Of nothing.\n\nfn f() {}"), "");
  EXPECT_EQ(doc_of_function("/// Of nothing.\n// plain\nfn f() {}"), "");
  EXPECT_EQ(doc_of_function("/// Of nothing.\n// plain\n/// Of f.\nfn f() {}"), "Of f.");
  EXPECT_EQ(doc_of_function("set a = 1 /// of a\nfn f() {}"), "");
  EXPECT_EQ(doc_of_function("/// Of a.\nset a = 1\nfn f() {}"), "");
  EXPECT_EQ(doc_of_function("/* */ /// Of nothing.\nfn f() {}"), "");
}

TEST(DocComments, AreKeptForEachPartOfAServer) {
  const ParseResult result = parse_text(R"(/// The server.
server s {
    /// No doc of a field.
    state {
        /// The field.
        a: number = 1, /// trailing
        b: number = 2
    }

    /// The method.
    receive fn m() { a }
    /// The helper.
    fn h() { 1 }
    fn bare() { 1 }
})");
  ASSERT_EQ(lines_of(result.diagnostics), Lines());
  const ast::ServerDef& server = server_in(result);
  EXPECT_EQ(server.doc, "The server.");
  EXPECT_EQ(server.state[0].doc, "The field.");
  EXPECT_EQ(server.state[1].doc, "");
  EXPECT_EQ(server.methods[0].function.doc, "The method.");
  EXPECT_EQ(server.methods[1].function.doc, "The helper.");
  EXPECT_EQ(server.methods[2].function.doc, "");
}

TEST(DocComments, AreKeptForStructsAndProtocols) {
  const ParseResult result = parse_text(
      "/// S.\nstruct S {\n  /// A.\n  a: number\n}\n/// P.\nprotocol P {\n  /// M.\n  m() -> number\n}\n");
  ASSERT_EQ(lines_of(result.diagnostics), Lines());
  const auto& record = as<ast::StructDef>(*result.module->items[0]);
  const auto& protocol = as<ast::ProtocolDef>(*result.module->items[1]);
  EXPECT_EQ(record.doc, "S.");
  EXPECT_EQ(record.fields[0].doc, "A.");
  EXPECT_EQ(protocol.doc, "P.");
  EXPECT_EQ(protocol.methods[0].doc, "M.");
}

TEST(DocComments, StandAboveNestedFunctionsToo) {
  const ParseResult result = parse_text("fn f() {\n  /// Inner.\n  fn g() { 1 }\n}");
  const auto& outer = as<ast::FnExpr>(*result.module->items[0]).function;
  EXPECT_EQ(as<ast::FnExpr>(*outer.body.items[0]).function.doc, "Inner.");
}

}  // namespace
}  // namespace relay
