#include "lsp/framer.h"

#include <gtest/gtest.h>

#include <vector>

#include "lsp/lsp_limits.h"

namespace relay::lsp {
namespace {

using Messages = std::vector<std::string>;

// What comes out when the stream comes in pieces of `size` bytes; "!" at the end when it has failed.
Messages messages_in(const std::string& stream, std::size_t size) {
  Framer framer;
  Messages messages;
  for (std::size_t at = 0; at < stream.size(); at += size) {
    framer.feed(std::string_view(stream).substr(at, size));
    while (auto message = framer.next()) messages.push_back(std::move(*message));
  }
  if (framer.has_failed()) messages.push_back("!");
  return messages;
}

void expect_messages(const std::string& stream, const Messages& wanted) {
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, stream.size() + 1}) {
    EXPECT_EQ(messages_in(stream, size), wanted) << stream << " in pieces of " << size;
  }
}

TEST(Framer, GivesMessagesHoweverTheyAreCut) {
  expect_messages(framed("{}") + framed("") + framed("three"), {"{}", "", "three"});
  expect_messages(framed("{}") + "Content-Length: 5\r\n\r\nonly", {"{}"});
}

TEST(Framer, PassesOverOtherHeaders) {
  expect_messages("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-LENGTH :  2 \r\nX\r\n\r\n{}", {"{}"});
}

TEST(Framer, RefusesAHeaderWithoutALength) {
  expect_messages("Content-Type: x\r\n\r\n{}", {"!"});
  expect_messages("\r\n\r\n", {"!"});
}

TEST(Framer, RefusesLengthsThatAreNone) {
  for (const char* length : {"", "-1", "1x", "1.5", "0x10", "99999999999999999999999"}) {
    expect_messages("Content-Length: " + std::string(length) + "\r\n\r\n{}", {"!"});
  }
}

TEST(Framer, RefusesWhatIsLongerThanItsBounds) {
  expect_messages("Content-Length: " + std::to_string(kMaxMessageBytes + 1) + "\r\n\r\n", {"!"});
  expect_messages("Content-Length: " + std::to_string(kMaxMessageBytes) + "\r\n\r\n", {});
  expect_messages(std::string(kMaxHeaderBytes, 'a'), {"!"});
}

TEST(Framer, GivesNothingMoreAfterAFault) { expect_messages("x\r\n\r\n" + framed("{}"), {"!"}); }

}  // namespace
}  // namespace relay::lsp
