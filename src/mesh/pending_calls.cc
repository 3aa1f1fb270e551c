#include "mesh/pending_calls.h"

#include <charconv>
#include <utility>

#include "mesh/json_out.h"
#include "mesh/mesh_limits.h"
#include "mesh/planted.h"

namespace relay::mesh {
namespace {

constexpr int kBase = 36;
// Of an id, these low bits are the slot, those above them the slot's generation, from 1.
constexpr int kSlotBits = 16;
static_assert(kMaxPendingCalls <= std::size_t{1} << kSlotBits);

std::uint32_t slot_of(PendingCalls::Id id) {
  return static_cast<std::uint32_t>(id & ((std::uint64_t{1} << kSlotBits) - 1));
}

// A whole number in base 36, and nothing else.
bool read_base36(std::string_view digits, std::uint64_t& number) {
  const char* end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, number, kBase);
  return fault == std::errc() && stop == end;
}

}  // namespace

PendingCalls::Id PendingCalls::add(PendingCall&& call) {
  auto slot = static_cast<std::uint32_t>(slots_.size());
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
  } else {
    if (slots_.size() == kMaxPendingCalls) return 0;
    slots_.emplace_back();
  }
  Slot& place = slots_[slot];
  place.call = std::move(call);
  place.call.id = ++place.generation << kSlotBits | slot;
  place.call.secret = random_.next();
  deadlines_.add(slot, place.call.deadline);
  links_.add(slot, place.call.out);
  return place.call.id;
}

PendingCall* PendingCalls::find(Id id) {
  const std::uint32_t slot = slot_of(id);
  if (id == 0 || slot >= slots_.size() || slots_[slot].call.id == 0) return nullptr;
  if (slots_[slot].call.id != id && !planted(Bug::kLateReplyCounts)) return nullptr;
  return &slots_[slot].call;
}

PendingCall* PendingCalls::find(std::string_view response_id) {
  const std::size_t dot = response_id.find('.');
  if (dot == std::string_view::npos) return nullptr;
  Id id = 0;
  std::uint64_t secret = 0;
  const bool is_id =
      read_base36(response_id.substr(0, dot), id) && read_base36(response_id.substr(dot + 1), secret);
  PendingCall* call = is_id ? find(id) : nullptr;
  const bool is_meant = call != nullptr && (call->secret == secret || planted(Bug::kLateReplyCounts));
  return is_meant ? call : nullptr;
}

std::string PendingCalls::text(Id id) const {
  std::string text;
  append_base36(text, id);
  text += '.';
  append_base36(text, find(id)->secret);
  return text;
}

void PendingCalls::sent_by(Id id, LinkId link) {
  PendingCall* call = find(id);
  if (call == nullptr) return;
  call->out = link;
  links_.remove(slot_of(id));
  links_.add(slot_of(id), link);
}

PendingCall PendingCalls::take_slot(std::uint32_t slot) {
  deadlines_.remove(slot);
  links_.remove(slot);
  PendingCall call = std::exchange(slots_[slot].call, PendingCall());
  free_.push_back(slot);
  return call;
}

std::optional<PendingCall> PendingCalls::take(Id id) {
  if (find(id) == nullptr) return std::nullopt;
  return take_slot(slot_of(id));
}

std::vector<PendingCall> PendingCalls::take_out_link(LinkId link) {
  std::vector<PendingCall> calls;
  calls.reserve(links_.count(link));
  for (const std::uint32_t slot : links_.of(link)) calls.push_back(take_slot(slot));
  return calls;
}

std::optional<PendingCall> PendingCalls::take_expired(Instant now) {
  const std::optional<DeadlineHeap::Slot> due = deadlines_.take_due(now);
  if (!due) return std::nullopt;
  return take_slot(*due);
}

std::vector<PendingCall> PendingCalls::take_all() {
  std::vector<PendingCall> calls;
  calls.reserve(size());
  for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
    if (slots_[slot].call.id != 0) calls.push_back(take_slot(slot));
  }
  return calls;
}

}  // namespace relay::mesh
