#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "lsp/json_text.h"
#include "lsp/language_server.h"

namespace relay::lsp {

// An editor as tests need one: asks, and looks at the last answer.
class Session {
 public:
  static constexpr const char* kUri = "file:///a.rl";

  Session() {
    EXPECT_TRUE(has(request("initialize", R"({"capabilities":{"textDocument":{"hover":{"contentFormat":["markdown"]},)"
                                          R"("documentSymbol":{"hierarchicalDocumentSymbolSupport":true}}}})"),
                    "\"capabilities\""));
    notify("initialized", "{}");
  }

  static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

  void receive(const std::string& message) { server.receive(message); }
  void notify(const std::string& method, const std::string& params) {
    receive(R"({"jsonrpc":"2.0","method":")" + method + R"(","params":)" + params + "}");
  }
  // The answer, without `jsonrpc` and the id.
  std::string request(const std::string& method, const std::string& params) {
    const std::size_t before = sent.size();
    receive(R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":)" + params + "}");
    EXPECT_EQ(sent.size(), before + 1) << method;
    const std::string start = R"({"jsonrpc":"2.0","id":7,)";
    EXPECT_TRUE(sent.back().starts_with(start)) << sent.back();
    return sent.back().substr(start.size(), sent.back().size() - start.size() - 1);
  }

  void open(const std::string& text) {
    notify("textDocument/didOpen", json_object({{"textDocument", json_object({{"uri", json_string(kUri)}, {"languageId", json_string("relay")},
                                                                               {"version", "1"}, {"text", json_string(text)}})}}));
  }
  // The diagnostics as they are published.
  std::string published() {
    sent.clear();
    server.publish();
    return sent.empty() ? "" : sent.back();
  }
  std::string at(const std::string& method, std::uint32_t line, std::uint32_t character, const std::string& more = "") {
    return request("textDocument/" + method, R"({"textDocument":{"uri":")" + std::string(kUri) + R"("},"position":)" +
                                                 json_position({line, character}) + more + "}");
  }
  std::string of(const std::string& method) {
    return request("textDocument/" + method, R"({"textDocument":{"uri":")" + std::string(kUri) + R"("}})");
  }

  std::vector<std::string> sent;
  LanguageServer server{[this](const std::string& message) { sent.push_back(message); }};
};

}  // namespace relay::lsp
