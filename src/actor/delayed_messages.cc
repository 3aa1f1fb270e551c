#include "actor/delayed_messages.h"

#include "base/check.h"

namespace relay {

std::optional<std::uint64_t> DelayedMessages::keep(Call& call) {
  return kept_.with([&](Kept& kept) -> std::optional<std::uint64_t> {
    const std::size_t bytes = call.args.bytes();
    if (kept.calls.size() >= max_count_ || kept.bytes + bytes > max_bytes_) return std::nullopt;
    kept.bytes += bytes;
    kept.calls.emplace(++kept.last, std::move(call));
    return kept.last;
  });
}

Call DelayedMessages::take(std::uint64_t number) {
  return kept_.with([&](Kept& kept) {
    const auto found = kept.calls.find(number);
    RELAY_CHECK(found != kept.calls.end(), "a delayed message is taken twice");
    Call call = std::move(found->second);
    kept.calls.erase(found);
    kept.bytes -= call.args.bytes();
    return call;
  });
}

std::size_t DelayedMessages::count() const {
  return kept_.with([](const Kept& kept) { return kept.calls.size(); });
}

}  // namespace relay
