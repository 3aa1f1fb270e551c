#include "rpc/single_reply.h"

#include "rpc/reply_text.h"

namespace relay::rpc {

SingleReply::SingleReply(std::unique_ptr<AnswerSink> sink, std::string_view id, const Limits& limits,
                         ErrorDetail detail)
    : sink_(std::move(sink)),
      id_(id),
      max_bytes_(limits.max_reply_bytes),
      style_{detail, limits.retry_after} {}

SingleReply::~SingleReply() {
  if (sink_) answer(dropped());
}

void SingleReply::answer(Reply reply) {
  const auto sink = std::move(sink_);
  ReplyText text = to_text(as_json(std::move(reply), max_bytes_), id_, style_);
  if (!text.is_result) return sink->answer({200, std::move(text.text)});
  Answer answer;
  answer.body.reserve(text.text.size() + id_.size() + kResultFrameBytes);
  append_result(answer.body, text.text, id_);
  sink->answer(std::move(answer));
}

}  // namespace relay::rpc
