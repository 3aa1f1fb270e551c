#pragma once

#include <cstdint>
#include <string_view>

namespace relay::bytecode {

// The instruction set of the register machine. One table feeds the interpreter's dispatch, the disassembler and
// the checks of the verifier.
//
// RELAY_OPCODES(X) calls X(name, operands) in the order of their numbers. `operands` says how n, a, b, c are read:
//   R register, K constant, F function, G program variable, S state field, T type, U captured variable,
//   N count, J jump target in b and c, W jump target in the next word, Q key list, C struct, V server,
//   P native function, . not used
// in the order n a b c. A next word is a kData; it holds a jump target (W) or the number of an inline cache (I).
// clang-format off
#define RELAY_OPCODES(X) \
  X(kLoad,          ".RK.")  /* R[a] = K[b] */ \
  X(kLoadBuiltin,   ".RP.")  /* R[a] = builtin b as a function */ \
  X(kMove,          ".RR.")  /* R[a] = R[b] */ \
  X(kTake,          ".RR.")  /* R[a] = R[b], which becomes undefined: its last use */ \
  X(kClear,         ".R..")  /* R[a] = undefined */ \
  X(kCheckSet,      ".RKK")  /* error "undefined variable: K[b]", note K[c], when R[a] is undefined */ \
  X(kRaise,         ".KKK")  /* error of kind K[a], message K[b], hint K[c] */ \
  X(kNewCell,       ".R..")  /* R[a] = a new cell holding R[a] */ \
  X(kFreshCell,     ".R..")  /* R[a] = a new empty cell */ \
  X(kGetCell,       ".RRK")  /* R[a] = content of cell R[b]; error "undefined variable: K[c]" without one */ \
  X(kSetCell,       ".RR.")  /* content of cell R[a] = R[b], taken */ \
  X(kGetCapture,    ".RUK")  /* R[a] = captured value b; likewise */ \
  X(kGetCaptured,   ".RUK")  /* R[a] = content of captured cell b; likewise */ \
  X(kSetCaptured,   ".RU.")  /* content of captured cell b = R[a], taken */ \
  X(kGetGlobal,     ".RG.")  /* R[a] = program variable b; error when undefined */ \
  X(kSetGlobal,     ".RG.")  /* program variable b = R[a], taken */ \
  X(kAddGlobal,     ".GR.")  /* program variable a = itself + R[b], in place where it can be */ \
  X(kAdd,           "NRRR")  /* n: nobody reads R[b] again, so it may be changed in place */ \
  X(kSub,           ".RRR") \
  X(kMul,           ".RRR") \
  X(kDiv,           ".RRR") \
  X(kMod,           ".RRR") \
  X(kAddK,          ".RRK")  /* the constants of these are numbers */ \
  X(kSubK,          ".RRK") \
  X(kMulK,          ".RRK") \
  X(kDivK,          ".RRK") \
  X(kModK,          ".RRK") \
  X(kNegate,        ".RR.") \
  X(kNot,           ".RR.") \
  X(kTruth,         ".RR.")  /* R[a] = whether R[b] is truthy */ \
  X(kEqual,         ".RRR") \
  X(kNotEqual,      ".RRR") \
  X(kLess,          ".RRR") \
  X(kLessEqual,     ".RRR") \
  X(kGreater,       ".RRR") \
  X(kGreaterEqual,  ".RRR") \
  X(kJump,          "..J.")  \
  X(kLoop,          "..J.")  /* a jump backwards: charges the budget */ \
  X(kJumpIf,        ".RJ.")  /* when R[a] is truthy */ \
  X(kJumpIfNot,     ".RJ.") \
  X(kJumpIfNil,     ".RJ.") \
  X(kJumpIfNotNil,  ".RJ.") \
  X(kIfEqual,       "NRRW")  /* jumps unless (R[a] == R[b]) == n */ \
  X(kIfLess,        "NRRW")  /* likewise for < */ \
  X(kIfLessEqual,   "NRRW") \
  X(kIfGreater,     "NRRW") \
  X(kIfGreaterEqual,"NRRW") \
  X(kIfEqualK,      "NRKW") \
  X(kIfLessK,       "NRKW")  /* K[b] is a number in these */ \
  X(kIfLessEqualK,  "NRKW") \
  X(kIfGreaterK,    "NRKW") \
  X(kIfGreaterEqualK,"NRKW") \
  X(kCall,          ".RN.")  /* R[a] = R[a](R[a+1] .. R[a+b]) */ \
  X(kCallFunction,  ".RNF")  /* R[a] = F[c](R[a+1] .. R[a+b]): a function known at load */ \
  X(kCallOffering,  ".RN.")  /* as kCall, but what the callee does not take is left out: callbacks */ \
  X(kCallNative,    ".RNP")  /* R[a] = P[c](R[a+1] .. R[a+b]): a builtin known at load */ \
  X(kCallCase,      ".RR.")  /* when R[a] is a function: R[a] = R[a](R[b]), or R[a]() if it takes none */ \
  X(kInvoke,        ".RNK")  /* R[a] = R[a].K[c](R[a+1] .. R[a+b]); next word: I */ \
  X(kInvokeOn,      "NRRK")  /* R[b] = R[b].K[c](R[a+1] .. R[a+n]) in place, then jumps; next words: W I. */ \
  X(kInvokeGlobal,  "NRGK")  /* likewise on program variable b.   When the method is not a native one that can */ \
  X(kInvokeState,   "NRSK")  /* likewise on state field b.        do it in place, nothing is done, no jump. \
                                Operand a of the first next word: the type that the last argument must fit. */ \
  X(kPutElement,    ".RRR")  /* R[b] = R[b].set(R[c], R[a]) in place and R[a] taken, then jumps, where R[b] is an array, */ \
  X(kPutField,      ".RRK")  /* an object or struct that has K[c] (R[b].set(K[c], R[a])), */ \
  X(kPushElement,   ".RR.")  /* an array (R[b].push(R[a])) and nothing stands in the way; else nothing. Next word: W; \
                                of kPutField also I. */ \
  X(kReturn,        ".R..")  /* R[a], taken */ \
  X(kReturnNil,     "....") \
  X(kCheckType,     "NRTK")  /* R[a] must fit type b; n: bytecode::CheckedPlace, K[c] its name */ \
  X(kField,         ".RRK")  /* R[a] = R[b].K[c]; next word: I */ \
  X(kIndex,         ".RRR")  /* R[a] = R[b][R[c]] */ \
  X(kNewArray,      ".RN.")  /* R[a] = [R[a] .. R[a+b-1]], taken */ \
  X(kExtendArray,   ".RRN")  /* R[a] gets R[b] .. R[b+c-1] appended, taken */ \
  X(kNewObject,     ".RQ.")  /* R[a] = {Q[b]: R[a] ..}, taken */ \
  X(kEmptyObject,   ".R..") \
  X(kSetKey,        ".RKR")  /* R[a] gets key K[b] = R[c], taken */ \
  X(kNewStruct,     ".RC.")  /* R[a] = struct C[b] from object R[a] */ \
  X(kJoinText,      ".RRN")  /* R[a] = R[b] .. R[b+c-1] as string() shows them, joined */ \
  X(kClosure,       ".RF.")  /* R[a] = closure of F[b] with the captures that F[b] lists */ \
  X(kForEach,       ".R..")  /* begins to run over R[a]: position in R[a+1], count in R[a+2] */ \
  X(kForNext,       "NRRR")  /* R[b] = next element (n = 0), or R[c] = index or key, R[b] = element or content (n = 1), \
                                then jumps; nothing at the end. Next word: W. Charges the budget. */ \
  X(kForRange,      ".RN.")  /* R[a] = first, R[a+1] = end, R[a+2] = step from the b arguments in R[a] ..; R[a+3] = 0 */ \
  X(kForStep,       "NRRR")  /* R[b] = R[a], R[a] += step; n: also R[c] = R[a+3], counted up; jumps, charges likewise */ \
  X(kThrow,         ".R..") \
  X(kNoCase,        ".R..")  /* error: no case for R[a] in dispatch */ \
  X(kGetState,      ".RS.")  /* R[a] = state b */ \
  X(kSetState,      ".RS.")  /* state b = R[a] (kept), type checked */ \
  X(kGetStateNamed, ".RR.")  /* R[a] = the state field that R[b] names */ \
  X(kSetStateNamed, ".RRR")  /* R[a] = the state field that R[b] names = R[c] */ \
  X(kStateObject,   ".R..")  /* R[a] = all of the state as an object */ \
  X(kSend,          "NRNK")  /* R[a] = send R[a] method K[c] with object R[a+1]; n: within R[a+2] seconds */ \
  X(kStartServer,   ".RV.")  /* starts server b; R[a] = its handle */ \
  X(kData,          "....")  /* operand of the instruction before it, never executed */
// clang-format on

enum class Op : std::uint8_t {
#define X(name, operands) name,
  RELAY_OPCODES(X)
#undef X
};

inline constexpr int kOpCount = 0
#define X(name, operands) +1
    RELAY_OPCODES(X)
#undef X
    ;

[[nodiscard]] std::string_view name(Op op);
[[nodiscard]] std::string_view operands(Op op);

// One word of code. A jump target is an index into the function's code.
struct Instruction {
  Op op = Op::kData;
  std::uint8_t n = 0;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
  std::uint16_t c = 0;

  [[nodiscard]] std::uint32_t target() const { return b | static_cast<std::uint32_t>(c) << 16; }
  void set_target(std::uint32_t index) {
    b = static_cast<std::uint16_t>(index);
    c = static_cast<std::uint16_t>(index >> 16);
  }
};
static_assert(sizeof(Instruction) == 8);

// What kCheckType checks, for its message.
enum class CheckedPlace : std::uint8_t { kParameter, kReturn };

}  // namespace relay::bytecode
