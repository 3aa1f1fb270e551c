#include "rpc/batch_reply.h"

#include <algorithm>
#include <utility>

#include "base/release_text.h"
#include "rpc/reply_text.h"

namespace relay::rpc {

// One slot's sink. Once answered it does not touch the batch again, which may be gone before it.
class BatchReply::Sink final : public ReplySink {
 public:
  Sink(BatchReply* batch, Slot* slot) : batch_(batch), slot_(slot) {}
  ~Sink() override {
    if (batch_ != nullptr) answer(dropped());
  }
  [[nodiscard]] Form form() const override { return Form::kJson; }
  [[nodiscard]] std::size_t max_json_bytes() const override { return batch_->max_bytes(); }
  void answer(Reply reply) override {
    batch_->fill(*slot_, std::move(reply));
    std::exchange(batch_, nullptr)->release();
  }

 private:
  BatchReply* batch_;
  Slot* slot_;
};

BatchReply* BatchReply::open(std::unique_ptr<AnswerSink> sink, std::size_t capacity, const Limits& limits,
                             ErrorDetail detail) {
  return new BatchReply(std::move(sink), capacity, limits, detail);
}

BatchReply::BatchReply(std::unique_ptr<AnswerSink> sink, std::size_t capacity, const Limits& limits,
                       ErrorDetail detail)
    : sink_(std::move(sink)), limits_(limits), style_{detail, limits.retry_after} {
  slots_.reserve(capacity);
}

std::unique_ptr<ReplySink> BatchReply::add(std::string_view id) {
  Slot& slot = slots_.emplace_back();
  slot.id = id;
  open_.fetch_add(1, std::memory_order_relaxed);
  return std::make_unique<Sink>(this, &slot);
}

void BatchReply::add_error(ErrorRow row, std::string_view detail, std::string_view id) {
  append_error(slots_.emplace_back().text, row, detail, id);
}

std::size_t BatchReply::max_bytes() const {
  const std::size_t taken = std::min(bytes_.load(std::memory_order_relaxed), limits_.max_batch_reply_bytes);
  return std::min(limits_.max_reply_bytes, limits_.max_batch_reply_bytes - taken);
}

void BatchReply::fill(Slot& slot, Reply reply) {
  reply = as_json(std::move(reply), max_bytes());
  const std::size_t bytes = payload_bytes(reply);
  const std::size_t before = bytes_.fetch_add(bytes, std::memory_order_relaxed);
  if (before + bytes > limits_.max_batch_reply_bytes) {
    // Another reply took the room since max_bytes() was read.
    bytes_.fetch_sub(bytes, std::memory_order_relaxed);
    reply = too_large(bytes, limits_.max_batch_reply_bytes);
  }
  ReplyText text = to_text(std::move(reply), slot.id, style_);
  slot.text = std::move(text.text);
  slot.is_result = text.is_result;
}

void BatchReply::release() {
  if (open_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
  finish();
  delete this;
}

void BatchReply::finish() {
  if (slots_.empty()) return sink_->answer({204, {}});
  std::size_t bytes = 2;
  for (const Slot& slot : slots_) bytes += slot.text.size() + slot.id.size() + kResultFrameBytes + 1;
  Answer answer;
  answer.body.reserve(bytes);
  for (Slot& slot : slots_) {
    answer.body += answer.body.empty() ? '[' : ',';
    if (slot.is_result) {
      append_result(answer.body, slot.text, slot.id);
    } else {
      answer.body += slot.text;
    }
    release_text(slot.text);  // large replies do not stand twice in memory
  }
  answer.body += ']';
  sink_->answer(std::move(answer));
}

}  // namespace relay::rpc
