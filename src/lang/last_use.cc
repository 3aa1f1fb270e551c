#include "lang/last_use.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace relay {
namespace {

using bytecode::Handler;
using bytecode::Instruction;
using bytecode::Op;

// Which registers an instruction touches.
struct Access {
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t reads[2] = {kNone, kNone};
  // And all of [range, range_end).
  std::uint32_t range = 0;
  std::uint32_t range_end = 0;
  // Written whatever happens, unless the instruction fails.
  std::uint32_t writes = kNone;
};

Access reading(std::uint32_t first, std::uint32_t second = Access::kNone) {
  Access access;
  access.reads[0] = first;
  access.reads[1] = second;
  return access;
}
Access writing(std::uint32_t to, Access access = {}) {
  access.writes = to;
  return access;
}
Access reading_range(std::uint32_t begin, std::uint32_t count) {
  Access access;
  access.range = begin;
  access.range_end = begin + count;
  return access;
}

Access access_of(const Instruction& i, std::uint32_t register_count) {
  const std::uint32_t a = i.a;
  switch (i.op) {
    case Op::kLoad:
    case Op::kLoadBuiltin:
    case Op::kClear:
    case Op::kFreshCell:
    case Op::kGetCapture:
    case Op::kGetCaptured:
    case Op::kGetGlobal:
    case Op::kEmptyObject:
    case Op::kGetState:
    case Op::kStateObject:
    case Op::kStartServer:
    case Op::kClosure: return writing(a);
    case Op::kMove:
    case Op::kTake:
    case Op::kGetCell:
    case Op::kAddK:
    case Op::kSubK:
    case Op::kMulK:
    case Op::kDivK:
    case Op::kModK:
    case Op::kNegate:
    case Op::kNot:
    case Op::kTruth:
    case Op::kField:
    case Op::kGetStateNamed: return writing(a, reading(i.b));
    case Op::kAdd:
    case Op::kSub:
    case Op::kMul:
    case Op::kDiv:
    case Op::kMod:
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kIndex:
    case Op::kSetStateNamed: return writing(a, reading(i.b, i.c));
    case Op::kSetCell:
    case Op::kIfEqual:
    case Op::kIfLess:
    case Op::kIfLessEqual:
    case Op::kIfGreater:
    case Op::kIfGreaterEqual:
    case Op::kCallCase: return reading(a, i.b);
    case Op::kAddGlobal: return reading(i.b);
    case Op::kSetKey: return reading(a, i.c);
    case Op::kCall:
    case Op::kCallOffering:
    case Op::kCallFunction:
    case Op::kCallNative:
    case Op::kInvoke: return reading_range(a, i.b + 1u);
    case Op::kInvokeOn: {
      Access access = reading_range(a, i.n + 1u);
      access.reads[0] = i.b;
      return access;
    }
    case Op::kInvokeGlobal:
    case Op::kInvokeState: return reading_range(a, i.n + 1u);
    case Op::kPutElement: {
      Access access = reading(i.b, i.c);
      access.range = a;
      access.range_end = a + 1;
      return access;
    }
    case Op::kPutField:
    case Op::kPushElement: return reading(a, i.b);
    case Op::kNewArray:
    case Op::kForRange: return reading_range(a, i.b);
    case Op::kNewObject: return reading_range(a, register_count - a);
    case Op::kExtendArray: {
      Access access = reading_range(i.b, i.c);
      access.reads[0] = a;
      return access;
    }
    case Op::kJoinText: return writing(a, reading_range(i.b, i.c));
    case Op::kForEach:
    case Op::kForNext:
    case Op::kForStep: return reading_range(a, 4);
    case Op::kSend: return reading_range(a, 3);
    case Op::kRaise:
    case Op::kJump:
    case Op::kLoop:
    case Op::kReturnNil:
    case Op::kData: return {};
    case Op::kCheckSet:
    case Op::kNewCell:
    case Op::kSetCaptured:
    case Op::kSetGlobal:
    case Op::kJumpIf:
    case Op::kJumpIfNot:
    case Op::kJumpIfNil:
    case Op::kJumpIfNotNil:
    case Op::kIfEqualK:
    case Op::kIfLessK:
    case Op::kIfLessEqualK:
    case Op::kIfGreaterK:
    case Op::kIfGreaterEqualK:
    case Op::kReturn:
    case Op::kCheckType:
    case Op::kNewStruct:
    case Op::kThrow:
    case Op::kNoCase:
    case Op::kSetState: return reading(a);
  }
  return {};
}

// Never goes on to the next instruction.
bool ends_flow(Op op) {
  switch (op) {
    case Op::kRaise:
    case Op::kJump:
    case Op::kLoop:
    case Op::kReturn:
    case Op::kReturnNil:
    case Op::kThrow:
    case Op::kNoCase: return true;
    default: return false;
  }
}

// kJumpIf and its like name their target in b and c; all else with a target does it in the next word.
constexpr std::uint32_t kNoTarget = UINT32_MAX;

// Where the instruction at `at` may jump.
std::uint32_t target_of(const std::vector<Instruction>& code, std::uint32_t at) {
  switch (code[at].op) {
    case Op::kJump:
    case Op::kLoop:
    case Op::kJumpIf:
    case Op::kJumpIfNot:
    case Op::kJumpIfNil:
    case Op::kJumpIfNotNil: return code[at].target();
    case Op::kIfEqual:
    case Op::kIfLess:
    case Op::kIfLessEqual:
    case Op::kIfGreater:
    case Op::kIfGreaterEqual:
    case Op::kIfEqualK:
    case Op::kIfLessK:
    case Op::kIfLessEqualK:
    case Op::kIfGreaterK:
    case Op::kIfGreaterEqualK:
    case Op::kInvokeOn:
    case Op::kInvokeGlobal:
    case Op::kInvokeState:
    case Op::kPutElement:
    case Op::kPutField:
    case Op::kPushElement:
    case Op::kForNext:
    case Op::kForStep: return code[at + 1].target();
    default: return kNoTarget;
  }
}

class Liveness {
 public:
  Liveness(const bytecode::Program& program, bytecode::Function& function, std::uint32_t variables)
      : program_(program), function_(function), code_(function.code), numbers_(variables, kUntracked) {}

  void run() {
    number_candidates();
    if (tracked_ == 0) return;
    find_blocks();
    words_ = (tracked_ + 63) / 64;
    if (words_ * blocks_.size() > kMaxLiveWords) return;
    live_in_.assign(words_ * blocks_.size(), 0);
    while (!settle()) {
    }
    for (std::size_t block = 0; block < blocks_.size(); ++block) move_in(block);
  }

 private:
  using Set = std::vector<std::uint64_t>;
  static constexpr std::uint32_t kUntracked = UINT32_MAX;

  // Only variables that some instruction could move are of interest; they get numbers.
  void number_candidates() {
    for (const Instruction& i : code_) {
      if (!may_move(i) || numbers_[i.b] != kUntracked) continue;
      numbers_[i.b] = tracked_++;
    }
  }
  [[nodiscard]] bool may_move(const Instruction& i) const {
    return (i.op == Op::kMove || (i.op == Op::kAdd && i.b != i.c && i.a != i.b)) && i.b < numbers_.size();
  }

  // A block begins at jump targets, behind jumps, and where the range of a handler begins or ends.
  void find_blocks() {
    std::vector<bool> begins(code_.size() + 1);
    begins[0] = true;
    for (std::uint32_t at = 0; at < code_.size(); ++at) {
      const std::uint32_t target = target_of(code_, at);
      if (target != kNoTarget) begins[target] = true;
      if (target != kNoTarget || ends_flow(code_[at].op)) begins[at + 1] = true;
    }
    for (const Handler& handler : function_.handlers) {
      begins[handler.begin] = begins[handler.end] = begins[handler.target] = true;
    }
    block_at_.assign(code_.size() + 1, 0);
    for (std::uint32_t at = 0; at < code_.size(); ++at) {
      if (begins[at]) blocks_.push_back(at);
      block_at_[at] = static_cast<std::uint32_t>(blocks_.size()) - 1;
    }
    block_at_[code_.size()] = static_cast<std::uint32_t>(blocks_.size());
    find_handlers();
  }
  void find_handlers() {
    handlers_of_.resize(blocks_.size());
    for (const Handler& handler : function_.handlers) {
      for (std::uint32_t block = block_at_[handler.begin]; block < block_at_[handler.end]; ++block) {
        handlers_of_[block].push_back(&handler);
      }
    }
  }
  [[nodiscard]] std::uint32_t end_of(std::size_t block) const {
    return block + 1 < blocks_.size() ? blocks_[block + 1] : static_cast<std::uint32_t>(code_.size());
  }

  void set(Set& live, std::uint32_t reg) const {
    if (reg < numbers_.size() && numbers_[reg] != kUntracked) live[numbers_[reg] / 64] |= bit(reg);
  }
  void clear(Set& live, std::uint32_t reg) const {
    if (reg < numbers_.size() && numbers_[reg] != kUntracked) live[numbers_[reg] / 64] &= ~bit(reg);
  }
  [[nodiscard]] bool is_in(const Set& live, std::uint32_t reg) const {
    return (live[numbers_[reg] / 64] & bit(reg)) != 0;
  }
  [[nodiscard]] std::uint64_t bit(std::uint32_t reg) const { return std::uint64_t{1} << (numbers_[reg] % 64); }
  void add_live_in(Set& live, std::uint32_t at) const {
    if (at >= code_.size()) return;
    const std::size_t block = block_at_[at];
    for (std::size_t word = 0; word < words_; ++word) live[word] |= live_in_[block * words_ + word];
  }

  // What is read behind the block without being written before.
  [[nodiscard]] Set live_behind(std::size_t block) const {
    Set live(words_);
    std::uint32_t last = end_of(block) - 1;
    while (last > blocks_[block] && code_[last].op == Op::kData) --last;
    const Instruction& i = code_[last];
    const std::uint32_t target = target_of(code_, last);
    if (target != kNoTarget) add_live_in(live, target);
    if (i.op == Op::kForNext || i.op == Op::kForStep) {  // they write when they jump
      clear(live, i.b);
      if (i.n != 0) clear(live, i.c);
    }
    if (!ends_flow(i.op)) add_live_in(live, end_of(block));
    return live;
  }
  // What the handlers around a block read.
  [[nodiscard]] Set live_in_handlers(std::size_t block) const {
    Set live(words_);
    for (const Handler* handler : handlers_of_[block]) {
      Set one(words_);
      add_live_in(one, handler->target);
      clear(one, handler->reg);
      for (std::size_t word = 0; word < words_; ++word) live[word] |= one[word];
    }
    return live;
  }

  void step_back(Set& live, const Set& in_handlers, const Instruction& i) const {
    const Access access = access_of(i, function_.register_count);
    clear(live, access.writes);
    for (const std::uint32_t reg : access.reads) set(live, reg);
    for (std::uint32_t reg = access.range; reg < std::min<std::size_t>(access.range_end, numbers_.size()); ++reg) {
      set(live, reg);
    }
    if (i.op == Op::kClosure) {
      for (const bytecode::Capture& capture : program_.functions[i.b]->captures) {
        if (capture.from == bytecode::Capture::From::kRegister) set(live, capture.index);
      }
    }
    for (std::size_t word = 0; word < words_; ++word) live[word] |= in_handlers[word];
  }

  // One round over all blocks, last to first; true when nothing has changed.
  [[nodiscard]] bool settle() {
    bool settled = true;
    for (std::size_t block = blocks_.size(); block-- > 0;) {
      Set live = live_behind(block);
      const Set in_handlers = live_in_handlers(block);
      for (std::uint32_t at = end_of(block); at-- > blocks_[block];) step_back(live, in_handlers, code_[at]);
      for (std::size_t word = 0; word < words_; ++word) {
        std::uint64_t& known = live_in_[block * words_ + word];
        settled = settled && known == live[word];
        known = live[word];
      }
    }
    return settled;
  }

  void move_in(std::size_t block) {
    Set live = live_behind(block);
    const Set in_handlers = live_in_handlers(block);
    for (std::size_t word = 0; word < words_; ++word) live[word] |= in_handlers[word];
    for (std::uint32_t at = end_of(block); at-- > blocks_[block];) {
      Instruction& i = code_[at];
      if (may_move(i) && i.a != i.b && !is_in(live, i.b)) make_move(i);
      step_back(live, in_handlers, i);
    }
  }
  static void make_move(Instruction& i) {
    if (i.op == Op::kMove) {
      i.op = Op::kTake;
    } else {
      i.n = 1;
    }
  }

  const bytecode::Program& program_;
  bytecode::Function& function_;
  std::vector<Instruction>& code_;
  std::vector<std::uint32_t> numbers_;  // by variable
  std::uint32_t tracked_ = 0;
  std::size_t words_ = 0;               // of one set
  std::vector<std::uint32_t> blocks_;   // where each begins
  std::vector<std::uint32_t> block_at_; // by instruction
  std::vector<std::vector<const Handler*>> handlers_of_;
  Set live_in_;
};

}  // namespace

void move_last_uses(const bytecode::Program& program, bytecode::Function& function, std::uint32_t variables) {
  Liveness(program, function, variables).run();
}

}  // namespace relay
