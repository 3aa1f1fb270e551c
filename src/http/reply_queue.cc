#include "http/reply_queue.h"

#include <utility>

namespace relay::http {

std::uint64_t ReplyQueue::open(ReplyForm form, std::size_t request_bytes) {
  if (count_ == ring_.size()) grow_ring();
  const std::uint64_t number = first_ + count_++;
  Place& opened = place(number);
  opened.form = std::move(form);
  opened.bytes = request_bytes;
  held_bytes_ += request_bytes;
  return number;
}

void ReplyQueue::grow_ring() {
  std::vector<Place> grown(ring_.empty() ? 1 : ring_.size() * 2);
  for (std::uint64_t number = first_; number < first_ + count_; ++number) {
    grown[number & (grown.size() - 1)] = std::move(place(number));
  }
  ring_ = std::move(grown);
}

void ReplyQueue::grow(std::uint64_t number, std::size_t bytes) {
  if (!is_open(number)) return;
  place(number).bytes += bytes;
  held_bytes_ += bytes;
}

void ReplyQueue::fill(std::uint64_t number, Response response, ReplyForm::After after) {
  if (!is_open(number) || place(number).ready) return;
  Place& filled = place(number);
  held_bytes_ -= filled.bytes;
  filled.bytes = response.body.size() + response.headers.size();
  held_bytes_ += filled.bytes;
  filled.response = std::move(response);
  if (after == ReplyForm::After::kClose) filled.form.after = after;
  filled.ready = true;
  if (continue_number_ == number) continue_number_ = kNone;
}

void ReplyQueue::want_continue(std::uint64_t number) { continue_number_ = number; }

void ReplyQueue::write_continue() {
  output_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
  continue_number_ = kNone;
}

void ReplyQueue::write_ready(ResponseWriter& writer) {
  while (count_ > 0 && !has_closed_ && place(first_).ready) write_front(writer);
  if (count_ > 0 && !has_closed_ && continue_number_ == first_) write_continue();
}

void ReplyQueue::write_front(ResponseWriter& writer) {
  Place& front = place(first_);
  if (closes_after_last_ && count_ == 1) front.form.after = ReplyForm::After::kClose;
  writer.write(output_, std::move(front.response), front.form);
  has_closed_ = front.form.after == ReplyForm::After::kClose;
  held_bytes_ -= front.bytes;
  front.ready = false;
  ++first_;
  --count_;
}

}  // namespace relay::http
