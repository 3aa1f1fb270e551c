#include "mesh/pending_calls.h"

#include <array>
#include <charconv>
#include <utility>

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

void append_base36(std::string& out, std::uint64_t number) {
  std::array<char, 16> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number, kBase).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

}  // namespace

PendingCalls::PendingCalls(std::uint64_t inc) {
  append_base36(prefix_, inc);
  prefix_ += '.';
}

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
  if (!response_id.starts_with(prefix_)) return nullptr;
  const std::string_view digits = response_id.substr(prefix_.size());
  Id id = 0;
  const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), id, kBase);
  const bool is_whole = stop == digits.data() + digits.size();
  return fault == std::errc() && is_whole ? find(id) : nullptr;
}

std::string PendingCalls::text(Id id) const {
  std::string text = prefix_;
  append_base36(text, id);
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
