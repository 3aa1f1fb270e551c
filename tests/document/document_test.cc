#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "document/doc_text.h"
#include "document/html.h"
#include "document/markdown.h"
#include "lang/parser.h"

namespace relay::document {
namespace {

std::string golden(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(std::string(RELAY_ROOT) + "/tests/document/golden/" + name).rdbuf();
  return text.str();
}

Outline outline(const std::string& text, const std::string& name = "folder/test.rl") {
  const ParseResult parsed = parse(std::make_shared<SourceFile>(name, text));
  EXPECT_TRUE(parsed.diagnostics.empty()) << text;
  return outline_of(*parsed.module);
}

std::string markdown(const std::string& text) { return to_markdown(outline(text)); }
std::string html(const std::string& text) { return to_html(outline(text)); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// The blocks in a short form: `p(text|{code})`.
std::string blocks(const std::string& doc) {
  std::string out;
  for (const Block& block : read_doc(doc)) {
    if (block.kind == Block::Kind::kCode) out += "code(" + block.code + ")";
    if (block.kind == Block::Kind::kCode) continue;
    out += block.kind == Block::Kind::kItem ? "li(" : "p(";
    for (const Inline& piece : block.inlines) out += piece.kind == Inline::Kind::kCode ? "{" + piece.text + "}" : piece.text;
    out += ")";
  }
  return out;
}

TEST(Document, OfAProgramAsMarkdown) { EXPECT_EQ(to_markdown(outline(golden("blog.rl"), "a/blog.rl")), golden("blog.md")); }

TEST(Document, OfAProgramAsHtml) { EXPECT_EQ(to_html(outline(golden("blog.rl"), "a/blog.rl")), golden("blog.html")); }

TEST(Document, OfNothingSaysSo) {
  EXPECT_EQ(markdown("print(1)"), "# test.rl\n\nThis program defines nothing that others could use.\n");
  EXPECT_TRUE(has(html(""), "<p>This program defines nothing that others could use.</p>"));
}

TEST(DocText, HasParagraphsListsAndCode) {
  EXPECT_EQ(blocks("One\ntwo.\n\nThree."), "p(One two.)p(Three.)");
  EXPECT_EQ(blocks("- a\n  b\n* c\nd"), "li(a b)li(c d)");
  EXPECT_EQ(blocks("a\n```\n  b\n\n- c\n```\nd"), "p(a)code(  b\n\n- c\n)p(d)");
  EXPECT_EQ(blocks("```relay\na"), "code(a\n)");
  EXPECT_EQ(blocks("a `b` c ``d`e`` f ` g"), "p(a {b} c {d`e} f ` g)");
  EXPECT_EQ(blocks("a `b `` c` ``d ` e"), "p(a {b `` c} ``d ` e)");
  EXPECT_EQ(blocks(""), "");
  EXPECT_EQ(blocks("\n \n"), "");
}

TEST(DocText, LosesControlCharacters) { EXPECT_EQ(blocks("a\x1b[31mb\x07"), "p(a\xEF\xBF\xBD[31mb\xEF\xBF\xBD)"); }

TEST(Markdown, ShowsWhatACommentSaysAndDoesNotObeyIt) {
  const std::string page = markdown("/// <script>alert(1)</script> [a](javascript:b) ![c](d) **e** _f_ &lt; |g| ~~h~~\nfn f() {}");
  EXPECT_TRUE(has(page, "\\<script\\>alert(1)\\</script\\> \\[a\\](javascript:b) \\!\\[c\\](d) \\*\\*e\\*\\* \\_f\\_ \\&lt; \\|g\\| \\~\\~h\\~\\~")) << page;
}

TEST(Markdown, ShowsStartsOfLinesAsTheyAre) {
  EXPECT_TRUE(has(markdown("/// # a\nfn f() {}"), "\n\\# a\n"));
  EXPECT_TRUE(has(markdown("/// 1. a\nfn f() {}"), "\n1\\. a\n"));
  EXPECT_TRUE(has(markdown("/// + a\nfn f() {}"), "\n\\+ a\n"));
  EXPECT_TRUE(has(markdown("/// ---\nfn f() {}"), "\n\\---\n"));
  EXPECT_TRUE(has(markdown("/// ===\nfn f() {}"), "\n\\===\n"));
  EXPECT_TRUE(has(markdown("/// > a\nfn f() {}"), "\n\\> a\n"));
  EXPECT_TRUE(has(markdown("///     indented\nfn f() {}"), "\nindented\n"));
}

TEST(Markdown, CannotBeLeftFromCode) {
  EXPECT_TRUE(has(markdown("/// ```\n/// a\n/// x ```` <b>\n/// ```\nfn f() {}"), "\n`````\na\nx ```` <b>\n`````\n"));
  EXPECT_TRUE(has(markdown("struct S { a: number }\nserver s { state { a: string = `<b>` } }"), "- `` a: string = `<b>` ``\n"));
}

TEST(Html, ShowsWhatACommentSaysAndDoesNotObeyIt) {
  const std::string page = html("/// <script>alert(\"1\")</script> `<b>` &amp; 'x'\n/// ```\n/// </pre><script>\n/// ```\nfn f() {}");
  EXPECT_TRUE(has(page, "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; <code>&lt;b&gt;</code> &amp;amp; &#39;x&#39;</p>")) << page;
  EXPECT_TRUE(has(page, "<pre>&lt;/pre&gt;&lt;script&gt;\n</pre>")) << page;
  EXPECT_FALSE(has(page, "<script"));
}

TEST(Pages, ShowTheNamesOfFilesAndDoNotObeyThem) {
  const Outline hostile = outline("fn f() {}", "a/<img src=x onerror=alert(1)>\n# b*.rl");
  EXPECT_TRUE(has(to_html(hostile), "<title>&lt;img src=x onerror=alert(1)&gt;"));
  EXPECT_TRUE(to_markdown(hostile).starts_with("# \\<img src=x onerror=alert(1)\\> \\# b\\*.rl\n"));
}

TEST(Pages, ShowDefaultsOfState) {
  const std::string text = "server s { state { a: string = \"</code><b>\", b: number = {\n 1\n} } }";
  EXPECT_TRUE(has(html(text), "<li><code>a: string = &quot;&lt;/code&gt;&lt;b&gt;&quot;</code></li>\n<li><code>b: number = ...</code></li>"));
  EXPECT_TRUE(has(markdown(text), "- `a: string = \"</code><b>\"`\n- `b: number = ...`\n"));
}

}  // namespace
}  // namespace relay::document
