#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/deadline_heap.h"
#include "call/call.h"
#include "mesh/link.h"
#include "mesh/link_lists.h"
#include "mesh/random_words.h"

namespace relay::mesh {

// A call of this node that another node is to answer, with all that a second attempt over another path needs.
struct PendingCall {
  std::uint64_t id = 0;             // given by PendingCalls; also the tag under which its link sends it
  std::uint64_t secret = 0;         // given by PendingCalls; in the text of its id
  std::unique_ptr<ReplySink> sink;  // null: a notification that only waits to be written
  std::string target;
  std::string server;
  std::string method;
  std::string args;  // JSON text; empty: none
  CallChain chain;
  std::string trace;
  std::uint64_t series = 0;  // as in CallMessage
  std::uint64_t n = 0;
  std::uint64_t target_inc = 0;
  std::uint32_t attempt = 1;
  bool is_unwritten = false;  // its link gave it back: it did not run
  Instant deadline = kNoDeadline;
  LinkId out = 0;               // 0: not sent, or flooded; changed by PendingCalls::sent_by()
  std::vector<LinkId> flooded;  // for an id that is not on the map: the links that have not answered
  ActorId caller = 0;
};

// The calls of this node that await a reply, by their own number: slots that are used again, with a
// generation in the id, so that finding one hashes nothing and a late reply never meets a younger call.
//
// Wire:   ids travel as `response_id`, "<id>.<random word>" in base 36, so nobody can answer a call that he
// has
//         not seen; they are never equal to an id of MessageIds, nor to one of another start of the node.
// Bound:  kMaxPendingCalls; full is a verdict (overloaded). How many may go by one link its sender decides,
// by
//         count_on().
// Owner:  pointers are valid until their call is taken; taking one leaves the others where they are.
// Thread: one; no clock.
class PendingCalls {
 public:
  using Id = std::uint64_t;

  explicit PendingCalls(RandomSource& random) : random_(random) {}

  // 0: full, and `call` is as it was.
  [[nodiscard]] Id add(PendingCall&& call);
  [[nodiscard]] PendingCall* find(Id id);
  [[nodiscard]] const PendingCall* find(Id id) const { return const_cast<PendingCalls*>(this)->find(id); }
  // By the text that text() made. nullptr: over, of an earlier start of this node, or not ours.
  [[nodiscard]] PendingCall* find(std::string_view response_id);
  // Of a call that is here.
  [[nodiscard]] std::string text(Id id) const;

  // The call goes out by this link now; 0: by none.
  void sent_by(Id id, LinkId link);
  [[nodiscard]] std::size_t count_on(LinkId link) const { return links_.count(link); }

  [[nodiscard]] std::optional<PendingCall> take(Id id);
  // All that went out by a link, in the order of sent_by().
  [[nodiscard]] std::vector<PendingCall> take_out_link(LinkId link);
  // The call that is over by its deadline; one at a time, earliest first: what answers it may add and take
  // others.
  [[nodiscard]] std::optional<PendingCall> take_expired(Instant now);
  // Everything, for the end of the node.
  [[nodiscard]] std::vector<PendingCall> take_all();
  // The earliest deadline; kNoDeadline: none.
  [[nodiscard]] Instant next_deadline() const { return deadlines_.next(); }

  [[nodiscard]] std::size_t size() const { return slots_.size() - free_.size(); }
  // Shows each call; `visit(const PendingCall&)` changes nothing here.
  template <typename F>
  void each(F&& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.call.id != 0) visit(slot.call);
    }
  }

 private:
  struct Slot {
    PendingCall call;  // id 0: free
    std::uint64_t generation = 0;
  };
  [[nodiscard]] PendingCall take_slot(std::uint32_t slot);

  RandomWords random_;
  std::deque<Slot> slots_;
  std::vector<std::uint32_t> free_;
  DeadlineHeap deadlines_;
  LinkLists links_;
};

}  // namespace relay::mesh
