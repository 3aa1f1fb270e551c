#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace relay::node {

// One blocking connection to a node on loopback; each request is answered before the next.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  }
  ~HttpClient() { close(socket_); }
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  struct Answer {
    int status = 0;
    std::string body;
  };

  Answer get(std::string_view path) { return request("GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"); }
  Answer post(std::string_view path, std::string_view body) {
    send_post(path, body);
    return receive();
  }
  void send_post(std::string_view path, std::string_view body) {
    send("POST " + std::string(path) + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body));
  }
  // What a request may begin with, too.
  void send(const std::string& text) {
    EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL), static_cast<ssize_t>(text.size()));
  }
  // Status 0: the node has closed the connection.
  Answer receive() {
    Answer answer;
    while (text_.find("\r\n\r\n") == std::string::npos) {
      if (!read_more()) return answer;
    }
    const std::size_t body = text_.find("\r\n\r\n") + 4;
    const std::size_t length_at = text_.find("Content-Length: ");
    const std::size_t length = length_at < body ? std::stoul(text_.substr(length_at + 16)) : 0;
    while (text_.size() < body + length) {
      if (!read_more()) return answer;
    }
    answer.status = std::stoi(text_.substr(9, 3));
    answer.body = text_.substr(body, length);
    text_.erase(0, body + length);
    return answer;
  }

 private:
  Answer request(const std::string& text) {
    send(text);
    return receive();
  }
  bool read_more() {
    char buffer[4096];
    const ssize_t count = recv(socket_, buffer, sizeof buffer, 0);
    if (count > 0) text_.append(buffer, static_cast<std::size_t>(count));
    return count > 0;
  }

  int socket_;
  std::string text_;
};

}  // namespace relay::node
