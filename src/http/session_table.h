#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "http/core_context.h"
#include "http/session.h"

namespace relay::http {

// The connections of one core, and the way back to them: an answer names its request, and finds nobody when the
// connection is gone, even when another has taken its place.
//
// Owner:  outlives every Responder made for its connections; its core is joined when it is destroyed.
// Thread: answer() from any; everything else its core.
class SessionTable final : public SessionOwner, private net::RoundEndHook {
 public:
  // Whether a connection is served, or only told that there is no room for it.
  enum class Kind { kServed, kRefused };
  // Called for each connection that has ended.
  using OnClosed = std::function<void(Kind)>;

  SessionTable(net::Loop& loop, const ServerConfig& config, const Routes& routes, SharedBudget& budget,
               OnClosed on_closed);
  ~SessionTable();

  // Takes on a connection. Once drain() was called it is closed at once.
  void add(std::unique_ptr<net::Stream> stream, Kind kind);

  // Ends connections as they become idle; `on_empty` is called once, when none is left.
  void drain(std::function<void()> on_empty);
  // Ends all connections now.
  void close_all();

  [[nodiscard]] std::size_t size() const { return size_; }

  void answer(RequestId id, Response response) override;
  [[nodiscard]] std::optional<TakenStream> take_over(RequestId id) override;
  void on_session_closed(RequestId id) override;

 private:
  struct Place {
    std::unique_ptr<Session> session;
    std::uint32_t generation = 0;
    Kind kind = Kind::kServed;
  };
  [[nodiscard]] Session* find(RequestId id);
  template <typename Visit>
  void for_each_session(Visit visit);
  void report_if_empty();
  void on_round_end() override;

  CoreContext context_;
  OnClosed on_closed_;
  std::vector<Place> places_;
  std::vector<std::uint32_t> free_places_;
  std::vector<std::unique_ptr<Session>> closed_;  // until the round ends: they may still be running
  std::size_t size_ = 0;
  bool is_draining_ = false;
  std::function<void()> on_empty_;
};

}  // namespace relay::http
