#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "call/reply.h"
#include "rpc/answer.h"
#include "rpc/response.h"
#include "rpc/rpc_limits.h"

namespace relay::rpc {

// Joins the replies of a batch into one array in the order of the requests, whenever and wherever they come.
//
// Why:    a counter instead of a lock or a post: each reply fills its own slot, and who fills the last one
//         writes the array and answers.
// Bound:  Limits::max_batch_reply_bytes over all results; what comes past it becomes the failure kTooLarge.
// Owner:  itself: lives until all its sinks are answered or gone and the opener has called close().
// Thread: add() and close() on one thread; the sinks on any.
class BatchReply {
 public:
  // `sink` gets the answer. `capacity`: at most so many slots are added.
  static BatchReply* open(std::unique_ptr<AnswerSink> sink, std::size_t capacity, const Limits& limits,
                          ErrorDetail detail);
  BatchReply(const BatchReply&) = delete;
  BatchReply& operator=(const BatchReply&) = delete;

  // A slot for the reply of a call.
  [[nodiscard]] std::unique_ptr<ReplySink> add(std::string_view id);
  // A slot that is answered already.
  void add_error(ErrorRow row, std::string_view detail, std::string_view id);
  // No more slots follow. The batch may be gone after this. Without slots the answer is 204.
  void close() { release(); }

 private:
  class Sink;
  struct Slot {
    std::string id;
    std::string text;  // a result, or a whole error response
    bool is_result = false;
  };

  BatchReply(std::unique_ptr<AnswerSink> sink, std::size_t capacity, const Limits& limits,
             ErrorDetail detail);
  ~BatchReply() = default;

  [[nodiscard]] std::size_t max_bytes() const;
  void fill(Slot& slot, Reply reply);
  void release();
  void finish();

  std::unique_ptr<AnswerSink> sink_;
  const Limits limits_;
  const FailureStyle style_;
  std::vector<Slot> slots_;  // never moves: its capacity is reserved
  std::atomic<std::size_t> bytes_{0};
  std::atomic<std::size_t> open_{1};  // sinks that wait for a reply, and the opener
};

}  // namespace relay::rpc
