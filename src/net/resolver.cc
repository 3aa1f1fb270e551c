#include "net/resolver.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <utility>

namespace relay::net {

struct Resolver::Thread {
  boost::asio::thread_pool pool{1};
};

Resolver::Resolver(Executor& core) : core_(core) {}

Resolver::~Resolver() = default;

void Resolver::look_up(std::string host, std::string port, Done done) {
  if (!thread_) thread_ = std::make_unique<Thread>();
  boost::asio::post(thread_->pool, [this, host = std::move(host), port = std::move(port), done = std::move(done)]() mutable {
    auto found = resolve(host, port);
    core_.post([done = std::move(done), found = std::move(found)]() mutable { done(std::move(found)); });
  });
}

}  // namespace relay::net
