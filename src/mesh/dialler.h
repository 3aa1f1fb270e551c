#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/random_source.h"
#include "base/result.h"
#include "mesh/mesh_limits.h"
#include "mesh/websocket_handshake.h"
#include "net/loop.h"
#include "net/stream.h"

namespace relay::mesh {

// Opens connections: the network as a dialler sees it.
class Connector {
 public:
  // An attempt; destroying it gives it up, and `done` is then not called.
  class Attempt {
   public:
    virtual ~Attempt() = default;
  };
  using Done = std::function<void(Result<std::unique_ptr<net::Stream>>)>;

  virtual ~Connector() = default;
  // Looks `address` ("host:port") up and connects; `done` is called once, on the loop, never from inside
  // connect(). Errors: kUnreachable, a sentence ("connection refused").
  [[nodiscard]] virtual std::unique_ptr<Attempt> connect(const std::string& address, Done done) = 0;
};

// A connection that has passed the handshake.
struct Dialled {
  DialAnswer answer;
  std::unique_ptr<net::Stream> stream;
  std::string unread;
  std::string key;  // under which it was asked for
};

// Told how the dialling of one peer goes.
class DialListener {
 public:
  // A connection to `name` is up; false: it is not wanted (the stream is then closed), and dialling goes on
  // after a pause.
  [[nodiscard]] virtual bool on_dialled(const std::string& name, Dialled dialled) = 0;
  // It failed, and is tried again after `pause`.
  virtual void on_dial_failed(const std::string& name, const Error& error, Duration pause) = 0;

 protected:
  ~DialListener() = default;
};

// Keeps trying to connect to the peers that an operator added (spec mesh.md, Links): backoff 0.5 s doubling
// to 30 s, with full jitter; each attempt takes at most kDialTimeout.
//
// Thread: the loop's own.
class Dialler {
 public:
  struct Identity {
    std::string node_id;
    std::uint16_t port = 0;
    std::uint64_t inc = 0;
  };
  Dialler(net::Loop& loop, Connector& connector, DialListener& listener, Identity identity,
          RandomSource& random);
  ~Dialler();

  // Begins to dial `address` under `name`; dials at once again what waits for its pause. An address that
  // changes counts as new.
  void want(const std::string& name, const std::string& address);
  // Whether it is dialled, connected or waits for its pause.
  [[nodiscard]] bool knows(const std::string& name) const;
  // Whether a handshake with this key is under way.
  [[nodiscard]] bool is_trying(std::string_view key) const;
  // Its connection was lost: dials again, the first time after a short random pause.
  void lost(const std::string& name);
  void forget(const std::string& name);
  void set_port(std::uint16_t port);
  void stop();
  // After stop(): what is wanted from now on is dialled again.
  void start();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace relay::mesh
