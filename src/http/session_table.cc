#include "http/session_table.h"

#include <utility>

namespace relay::http {

SessionTable::SessionTable(net::Loop& loop, const ServerConfig& config, const Routes& routes, SharedBudget& budget,
                           OnClosed on_closed)
    : context_(loop, config, routes, budget), on_closed_(std::move(on_closed)) {}

SessionTable::~SessionTable() {
  close_all();
  context_.loop.forget_round_end(*this);
}

void SessionTable::add(std::unique_ptr<net::Stream> stream, Kind kind) {
  if (is_draining_) {
    stream->close();
    on_closed_(kind);
    return;
  }
  auto index = static_cast<std::uint32_t>(places_.size());
  if (free_places_.empty()) {
    places_.emplace_back();
  } else {
    index = free_places_.back();
    free_places_.pop_back();
  }
  Place& place = places_[index];
  place.kind = kind;
  place.session =
      std::make_unique<Session>(context_, *this, RequestId{index, place.generation, 0}, std::move(stream));
  ++size_;
  Session& session = *place.session;
  if (kind == Kind::kServed) {
    session.start();
  } else {
    context_.too_many.count(context_.loop.round_time());
    session.start_refused({503, context_.too_many.reason()});
  }
}

Session* SessionTable::find(RequestId id) {
  if (id.connection >= places_.size() || places_[id.connection].generation != id.generation) return nullptr;
  return places_[id.connection].session.get();
}

void SessionTable::answer(RequestId id, Response response) {
  if (!context_.loop.is_current()) {
    context_.loop.post([this, id, response = std::move(response)]() mutable { answer(id, std::move(response)); });
    return;
  }
  if (Session* session = find(id)) session->answer(id.number, std::move(response));
}

std::optional<TakenStream> SessionTable::take_over(RequestId id) {
  Session* session = find(id);
  return session == nullptr ? std::nullopt : session->take_over(id.number);
}

void SessionTable::on_session_closed(RequestId id) {
  Place& place = places_[id.connection];
  if (closed_.empty()) context_.loop.at_round_end(*this);
  closed_.push_back(std::move(place.session));
  ++place.generation;
  free_places_.push_back(id.connection);
  --size_;
  on_closed_(place.kind);
  report_if_empty();
}

void SessionTable::on_round_end() { closed_.clear(); }

template <typename Visit>
void SessionTable::for_each_session(Visit visit) {
  // By index: a visit may end the session.
  for (std::size_t i = 0; i < places_.size(); ++i) {
    if (Session* session = places_[i].session.get()) visit(*session);
  }
}

void SessionTable::drain(std::function<void()> on_empty) {
  is_draining_ = true;
  on_empty_ = std::move(on_empty);
  for_each_session([](Session& session) { session.drain(); });
  report_if_empty();
}

void SessionTable::close_all() {
  for_each_session([](Session& session) { session.close(); });
}

void SessionTable::report_if_empty() {
  if (size_ == 0 && on_empty_) std::exchange(on_empty_, nullptr)();
}

}  // namespace relay::http
