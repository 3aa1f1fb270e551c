#include "parsing.h"

namespace relay {
namespace {

TEST(SourceText, SkipsAByteOrderMarkAndAFirstLineWithHashBang) {
  EXPECT_EQ(tree("\xEF\xBB\xBFset x = 1"), "(set x 1)");
  EXPECT_EQ(tree("#!/usr/bin/env relay\nset x = 1"), "(set x 1)");
  EXPECT_EQ(tree("\xEF\xBB\xBF#!relay\nset x = 1"), "(set x 1)");
  EXPECT_EQ(tree("#!relay"), "");
  EXPECT_EQ(errors_in("x\n#!relay\ny"), Lines({"2:1 unexpected `#`"}));
}

TEST(SourceText, TakesCrlfAsALineBreak) {
  EXPECT_EQ(tree("set x = 1\r\nset y = 2\r\n"), "(set x 1) (set y 2)");
  EXPECT_EQ(tree("f\r\n(x)"), "f x");
  EXPECT_EQ(tree("\"a\r\nb\""), "\"a\nb\"");
}

TEST(SourceText, MayBeEmpty) {
  EXPECT_EQ(tree(""), "");
  EXPECT_EQ(tree("  \n\n// only a comment"), "");
}

TEST(SourceText, MustBeUtf8) {
  EXPECT_EQ(errors_in("set x = 1\nset \xFF = 2"), Lines({"2:5 the file is not UTF-8"}));
  EXPECT_EQ(errors_in("print(\"a\xC3\")"), Lines({"1:9 the file is not UTF-8"}));
  EXPECT_EQ(errors_in("// \xED\xA0\x80"), Lines({"1:4 the file is not UTF-8"}));
  EXPECT_EQ(tree("\"\xC3\xA9\""), "\"\xC3\xA9\"");
}

TEST(Comments, AreSkipped) {
  EXPECT_EQ(tree("// a\n/* b\n * / with stars **/ x /* c */ + y // d"), "(+ x y)");
  EXPECT_EQ(tree("\"not // a comment /* nor this */\""), "\"not // a comment /* nor this */\"");
  EXPECT_EQ(tree("/* /* do not nest */ x"), "x");
  EXPECT_EQ(tree("x //"), "x");
}

TEST(Comments, ThatSpanLinesAreALineBreak) { EXPECT_EQ(tree("x /* a\n b */ (y)"), "x y"); }

TEST(Comments, OfABlockMustEnd) {
  EXPECT_EQ(errors_in("print(1)\n/* no end"), Lines({"2:1 unterminated block comment"}));
  EXPECT_EQ(errors_in("x /*/"), Lines({"1:3 unterminated block comment"}));
}

TEST(Comments, WithoutAnEndHideWhatTheyCutOff) {
  EXPECT_EQ(errors_in("print(1, /* no end)\n"), Lines({"1:10 unterminated block comment"}));
  EXPECT_EQ(errors_in("fn f() { set x = /* "), Lines({"1:18 unterminated block comment"}));
  EXPECT_EQ(errors_in("set = 1\nf( /* "), Lines({"1:5 expected a name for a variable, found `=`", "2:4 unterminated block comment"}));
}

TEST(Identifiers, AreCaseSensitiveWordsOfAscii) {
  EXPECT_EQ(tree("Abc_1; _x; aBC"), "Abc_1 _x aBC");
  EXPECT_EQ(errors_in("set na\u00efve = 1"), Lines({"1:7 `\u00ef` cannot stand in a name"}));
  EXPECT_EQ(errors_in("print(\u00e9t\u00e9)"), Lines({"1:7 `\u00e9` cannot stand in a name"}));
}

TEST(Identifiers, AreNoReservedWords) {
  for (const std::string word : {"fn", "set", "if", "else", "for", "in", "while", "break", "continue", "return", "throw", "try",
                                 "catch", "dispatch", "send", "import", "true", "false", "nil"}) {
    EXPECT_EQ(errors_in("set " + word + " = 1"),
              Lines({"1:5 `" + word + "` is a reserved word and cannot name a variable"}));
    EXPECT_EQ(errors_in("fn f(" + word + ") { 1 }"),
              Lines({"1:6 `" + word + "` is a reserved word and cannot name a parameter"}));
  }
}

TEST(ContextualWords, AreNamesWhereTheirConstructDoesNotBegin) {
  for (const std::string word : {"struct", "protocol", "server", "template", "config", "implements", "receive", "from", "within",
                                 "state", "optional"}) {
    EXPECT_EQ(tree("set " + word + " = 1; f(" + word + ") + " + word), "(set " + word + " 1) (+ (call f " + word + ") " + word + ")");
    EXPECT_EQ(tree("fn " + word + "(" + word + ": any) { " + word + " }"),
              "(fn " + word + " (" + word + ":any) {" + word + "})");
  }
  EXPECT_EQ(tree("server\nfoo"), "server foo");
  EXPECT_EQ(tree("config\n{a: 1}"), "config (object \"a\":1)");
  EXPECT_EQ(tree("server.x; struct[1]; template(2)"), "(. server x) (index struct 1) (call template 2)");
}

TEST(Words, OfAnyKindStandAfterADotAsKeyAndAsField) {
  EXPECT_EQ(tree("o.in.state.set.if()"), "(.if (. (. (. o in) state) set))");
  EXPECT_EQ(tree("f({from: 1, in: 2, nil : 3}.from)"), "(call f (. (object \"from\":1 \"in\":2 \"nil\":3) from))");
}

TEST(Numbers, AreDoubles) {
  EXPECT_EQ(tree("[42, 3.14, .5, 1e9, 1E+2, 2e-3, 0, 0.0, 1e-999, 12.50]"), "[42 3.14 0.5 1e+09 100 0.002 0 0 0 12.5]");
  EXPECT_EQ(tree("179769313486231570000e288"), "1.7976931348623157e+308");
  EXPECT_EQ(tree("4.9e-324; 0e99999999999999999999; 1e-99999999999999999999"), "5e-324 0 0");
}

TEST(Numbers, TakeADotOnlyBeforeADigit) {
  EXPECT_EQ(tree("9.sqrt()"), "(.sqrt 9)");
  EXPECT_EQ(tree("1.5.floor()"), "(.floor 1.5)");
  EXPECT_EQ(tree("1.e5"), "(. 1 e5)");
  EXPECT_EQ(tree("[.5]"), "[0.5]");
}

TEST(Numbers, AreNotFollowedByALetterDigitOrUnderscore) {
  EXPECT_EQ(errors_in("print(42abc)"), Lines({"1:7 malformed number `42abc`"}));
  EXPECT_EQ(errors_in("1_000"), Lines({"1:1 malformed number `1_000`"}));
  EXPECT_EQ(errors_in("0x1F"), Lines({"1:1 malformed number `0x1F`"}));
  EXPECT_EQ(errors_in("1e"), Lines({"1:1 malformed number `1e`"}));
  EXPECT_EQ(errors_in("1e+"), Lines({"1:1 malformed number `1e`", "1:4 expected an expression, found the end of the file"}));
  EXPECT_EQ(errors_in("1.2.3"), Lines({"1:1 malformed number `1.2.3`"}));
}

TEST(Numbers, HaveNoLeadingZeros) {
  EXPECT_EQ(errors_in("007"), Lines({"1:1 a number has no leading zeros: `007`"}));
  EXPECT_EQ(errors_in("00.5"), Lines({"1:1 a number has no leading zeros: `00.5`"}));
}

TEST(Numbers, AreNotTooLargeForADouble) {
  EXPECT_EQ(errors_in("1e309"), Lines({"1:1 the number is too large"}));
  EXPECT_EQ(errors_in("1" + std::string(400, '0')), Lines({"1:1 the number is too large"}));
  EXPECT_EQ(errors_in("1" + std::string(400, '0') + "e-5"), Lines({"1:1 the number is too large"}));
  EXPECT_EQ(errors_in("1e99999999999999999999"), Lines({"1:1 the number is too large"}));
  EXPECT_EQ(tree("0." + std::string(400, '0') + "1"), "0");
}

TEST(Strings, ResolveTheEscapesOfJson) {
  EXPECT_EQ(tree(R"("\"\\\/\b\f\n\r\t")"), "\"\"\\/\b\f\n\r\t\"");
  EXPECT_EQ(tree(R"("\u00e9\u4E2d\ud83d\ude00")"), "\"\u00e9\u4e2d\U0001F600\"");
  EXPECT_EQ(tree(R"("\u0000")"), std::string("\"\0\"", 3));
}

TEST(Strings, MayHoldARawLineBreak) { EXPECT_EQ(tree("\"a\nb\""), "\"a\nb\""); }

TEST(Strings, RefuseOtherEscapes) {
  EXPECT_EQ(errors_in(R"(print("a\qb"))"), Lines({"1:9 unknown escape `\\q`"}));
  EXPECT_EQ(errors_in(R"("\$")"), Lines({"1:2 unknown escape `\\$`"}));
  EXPECT_EQ(errors_in(R"("\x41 \`")"), Lines({"1:2 unknown escape `\\x`", "1:7 unknown escape `\\``"}));
  EXPECT_EQ(errors_in("\"\\\n\""), Lines({"1:2 unknown escape"}));
  EXPECT_EQ(errors_in(R"("\u12g4")"), Lines({"1:2 the escape `\\u` needs four hexadecimal digits"}));
}

TEST(Strings, RefuseHalfASurrogatePair) {
  const Lines half = {"1:2 the escape is half of a surrogate pair"};
  EXPECT_EQ(errors_in(R"("\ud83d")"), half);
  EXPECT_EQ(errors_in(R"("\ude00")"), half);
  EXPECT_EQ(errors_in(R"("\ud83dx")"), half);
  EXPECT_EQ(errors_in(R"("\ud83d\u0041")"), half);
}

TEST(Strings, MustEnd) {
  EXPECT_EQ(errors_in("print(\"abc)\n"), Lines({"1:7 unterminated string"}));
  EXPECT_EQ(errors_in("\"\\"), Lines({"1:1 unterminated string"}));
  EXPECT_EQ(errors_in("`abc"), Lines({"1:1 unterminated string"}));
}

TEST(Strings, WithoutAQuoteBlameTheOneThatSpansLines) {
  const ParseResult result = parse_text("set a = 1\nprint(\"abc)\nprint(\"def\")\nset 5 = 2\n");
  EXPECT_EQ(lines_of(result.diagnostics), Lines({"3:11 unterminated string"}));
  ASSERT_EQ(result.diagnostics[0].notes.size(), 1u);
  EXPECT_EQ(result.diagnostics[0].notes[0],
            "the string that begins at line 2 spans several lines; perhaps it lacks its closing quote");
}

TEST(Strings, InSingleQuotesAreOneErrorWithAHint) {
  EXPECT_EQ(errors_in("print('abc', 'd e')"), Lines({"1:7 unexpected `'`", "1:14 unexpected `'`"}));
  EXPECT_EQ(hint_in("print('it')"), "strings stand in `\"`");
}

TEST(Interpolation, JoinsTextAndExpressions) {
  EXPECT_EQ(tree("`sum: ${a + b}`"), "(text \"sum: \" (+ a b) \"\")");
  EXPECT_EQ(tree("`plain`"), "(text \"plain\")");
  EXPECT_EQ(tree("``"), "(text \"\")");
  EXPECT_EQ(tree("`${a}${b}c`"), "(text \"\" a \"\" b \"c\")");
  EXPECT_EQ(tree("`a\nb`"), "(text \"a\nb\")");
}

TEST(Interpolation, HasEscapesOfItsOwn) {
  EXPECT_EQ(tree(R"(`\${x} \` \n \u0041 \" $ $x { }`)"), "(text \"${x} ` \n A \" $ $x { }\")");
  EXPECT_EQ(errors_in(R"(`\q`)"), Lines({"1:2 unknown escape `\\q`"}));
}

TEST(Interpolation, Nests) {
  EXPECT_EQ(tree("`a${`b${\"c\"}`}`"), "(text \"a\" (text \"b\" \"c\" \"\") \"\")");
  EXPECT_EQ(tree("`${ {a: {b: 1}} }`"), "(text \"\" (object \"a\":(object \"b\":1)) \"\")");
  EXPECT_EQ(tree("`${ \"}\" }`"), "(text \"\" \"}\" \"\")");
  EXPECT_EQ(tree("`${xs.map(fn (x) { x + 1\n })}!`"), "(text \"\" (.map xs (fn (x) {(+ x 1)})) \"!\")");
}

TEST(Interpolation, TakesLineBreaksInsideAsBlanks) { EXPECT_EQ(tree("`${\na\n- b\n}`"), "(text \"\" (- a b) \"\")"); }

TEST(Interpolation, ReportsWhatIsWrongInside) {
  EXPECT_EQ(errors_in("`${}`"), Lines({"1:4 expected an expression, found `}`"}));
  EXPECT_EQ(errors_in("`${a b}`; set 5 = 1"),
            Lines({"1:6 expected `}`, found `b`", "1:15 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("`${(a}`"), Lines({"1:4 `(` is never closed"}));
  EXPECT_EQ(errors_in("`a ${b"), Lines({"1:1 unterminated interpolation"}));
  EXPECT_EQ(errors_in("`a ${`b"), Lines({"1:6 unterminated string"}));
}

TEST(Symbols, AreStrings) {
  EXPECT_EQ(tree(":hello"), "\"hello\"");
  EXPECT_EQ(tree("o.get(:set)"), "(.get o \"set\")");
  EXPECT_EQ(tree("[:a,:b]"), "[\"a\" \"b\"]");
  EXPECT_EQ(tree("x == :y"), "(== x \"y\")");
}

TEST(Symbols, AreTakenOnlyWhereAnExpressionMayStart) {
  EXPECT_EQ(tree("fn f(x:number)->number { x }"), "(fn f (x:number)->number {x})");
  EXPECT_EQ(tree("{a:b}"), "(object \"a\":b)");
  EXPECT_EQ(tree("{a::b}"), "(object \"a\":\"b\")");
  EXPECT_EQ(tree("{a : b}"), "(object \"a\":b)");
  EXPECT_EQ(tree("fn () { return :x }"), "(fn () {(return \"x\")})");
  EXPECT_EQ(tree("dispatch x { 3::a, :b::c }"), "(dispatch x 3=>\"a\" \"b\"=>\"c\")");
}

TEST(Symbols, TouchTheirName) { EXPECT_EQ(errors_in("set x = : a"), Lines({"1:9 expected an expression, found `:`"})); }

TEST(Datetimes, AreInstantsInUtc) {
  EXPECT_EQ(tree("1970-01-01T00:00:01Z"), "@1000000000");
  EXPECT_EQ(tree("1970-01-02"), "@86400000000000");
  EXPECT_EQ(tree("1970-01-01T00:00:00"), "@0");
  EXPECT_EQ(tree("1970-01-01T00:00:00.5Z"), "@500000000");
  EXPECT_EQ(tree("1970-01-01T01:00:00+01:00"), "@0");
  EXPECT_EQ(tree("1970-01-01T00:00:00-00:30"), "@1800000000000");
}

TEST(Datetimes, AreTheLongestMatch) {
  EXPECT_EQ(tree("2024-1-1"), "(- (- 2024 1) 1)");
  EXPECT_EQ(tree("1970-01-01-1"), "(- @0 1)");
  EXPECT_EQ(tree("2024-10-1"), "(- (- 2024 10) 1)");
}

TEST(Datetimes, StandWhereValuesDo) {
  EXPECT_EQ(tree("1970-01-01.format(\"YYYY\")"), "(.format @0 \"YYYY\")");
  EXPECT_EQ(tree("1970-01-01T00:00:00.year()"), "(.year @0)");
  EXPECT_EQ(tree("1970-01-01T00:00:00-5"), "(- @0 5)");
  EXPECT_EQ(tree("1970-01-01 - 1970-01-01"), "(- @0 @0)");
}

TEST(Datetimes, OutsideTheirRangeAreErrors) {
  EXPECT_EQ(errors_in("1600-01-01"), Lines({"1:1 there is no datetime `1600-01-01` between 1677 and 2262"}));
  EXPECT_EQ(errors_in("2300-01-01T00:00:00Z"), Lines({"1:1 there is no datetime `2300-01-01T00:00:00Z` between 1677 and 2262"}));
  EXPECT_EQ(errors_in("2023-02-29"), Lines({"1:1 there is no datetime `2023-02-29` between 1677 and 2262"}));
  EXPECT_EQ(errors_in("2023-02-28T25:00:00Z").size(), 1u);
}

TEST(Datetimes, AreNotFollowedByALetterOrDigit) {
  EXPECT_EQ(errors_in("2024-01-01T12:00"), Lines({"1:1 malformed datetime `2024-01-01T12:00`"}));
  EXPECT_EQ(errors_in("2024-01-011"), Lines({"1:1 malformed datetime `2024-01-011`"}));
}

TEST(Characters, ThatRelayDoesNotUseAreErrors) {
  EXPECT_EQ(errors_in("set x = 1 @ 2\nset 5 = 1"),
            Lines({"1:11 unexpected `@`", "2:5 expected a name for a variable, found `5`"}));
  EXPECT_EQ(errors_in("x # comment ( [ {\ny"), Lines({"1:3 unexpected `#`"}));
  EXPECT_EQ(errors_in(std::string("a \x01\x01 b")), Lines({"1:3 unexpected control character"}));
  EXPECT_EQ(errors_in("set\u00a0x = 1"), Lines({"1:4 the character U+00A0 is no blank of Relay"}));
  EXPECT_EQ(errors_in("print(\u201cx\u201d)").front(), "1:7 a typographic quote");
}

TEST(Operators, OfOtherLanguagesAreOneErrorWithAHint) {
  EXPECT_EQ(errors_in("if a & b | c { 1 }"), Lines({"1:6 there is no operator `&`", "1:10 there is no operator `|`"}));
  EXPECT_EQ(hint_in("a === b"), "equality is `==`");
  EXPECT_EQ(hint_in("a !== b"), "inequality is `!=`");
  EXPECT_EQ(hint_in("i++"), "`set i = i + 1`");
  EXPECT_EQ(hint_in("set f = (x) => x"), "a function is `fn (x) { ... }`");
}

}  // namespace
}  // namespace relay
