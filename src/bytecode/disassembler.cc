#include <algorithm>

#include "bytecode/builtins.h"
#include "bytecode/program.h"
#include "value/display.h"
#include "value/string.h"

namespace relay::bytecode {
namespace {

constexpr std::size_t kNameWidth = 15;
constexpr std::size_t kMaxConstantText = 60;

// What the words after an instruction hold: W a jump target, I the number of an inline cache.
std::string_view next_words(Op op) {
  switch (op) {
    case Op::kField:
    case Op::kInvoke:
      return "I";
    case Op::kInvokeOn:
    case Op::kInvokeGlobal:
    case Op::kInvokeState:
    case Op::kPutField:
      return "WI";
    case Op::kPutElement:
    case Op::kPushElement:
    case Op::kForNext:
    case Op::kForStep:
      return "W";
    default:
      return operands(op).back() == 'W' ? "W" : "";
  }
}

// Writes one function: a line about it, then one line an instruction.
class FunctionListing {
 public:
  FunctionListing(const Program& program, const Function& function, std::string& out)
      : program_(program), function_(function), out_(out) {}

  void write() {
    write_head();
    for (std::uint32_t at = 0; at < function_.code.size(); ++at) {
      if (function_.code[at].op != Op::kData) write_instruction(at);
    }
    for (const Handler& handler : function_.handlers) write_handler(handler);
    out_ += '\n';
  }

 private:
  void write_head() {
    out_ += "fn ";
    out_ += string::text(function_.name);
    out_ += '(';
    for (std::size_t i = 0; i < function_.parameters.size(); ++i) write_parameter(i);
    out_ += ')';
    if (function_.return_type != kAny) out_ += " -> " + program_.types.text(function_.return_type);
    if (function_.server != kNoServer) out_ += " of server " + program_.servers[function_.server]->name;
    out_ += ", " + std::to_string(function_.register_count) + " registers";
    for (const Capture& capture : function_.captures) write_capture(capture);
    if (function_.source) write_place();
    out_ += '\n';
  }

  void write_parameter(std::size_t index) {
    const Parameter& parameter = function_.parameters[index];
    if (index > 0) out_ += ", ";
    out_ += string::text(parameter.name);
    if (parameter.type != kAny) out_ += ": " + program_.types.text(parameter.type);
  }

  void write_capture(const Capture& capture) {
    out_ += capture.from == Capture::From::kRegister ? ", captures r" : ", captures u";
    out_ += std::to_string(capture.index);
  }

  void write_place() {
    const Position position = function_.source->position(function_.span.begin);
    out_ += "  // " + function_.source->name() + ":" + std::to_string(position.line) + ":" +
            std::to_string(position.column);
  }

  void write_handler(const Handler& handler) {
    out_ += "      errors in " + std::to_string(handler.begin) + " .. " + std::to_string(handler.end) +
            " go to " + std::to_string(handler.target) + " with r" + std::to_string(handler.reg) + "\n";
  }

  void write_instruction(std::uint32_t at) {
    const Instruction& word = function_.code[at];
    const std::string number = std::to_string(at);
    out_.append(6 - std::min<std::size_t>(number.size(), 6), ' ');
    out_ += number + "  ";
    std::string line(name(word.op));
    line.resize(std::max(kNameWidth, line.size() + 1), ' ');
    const std::string_view kinds = operands(word.op);
    append_operand(line, kinds[0], word.n, at);
    append_operand(line, kinds[1], word.a, at);
    append_operand(line, kinds[2], word.b, at);
    append_operand(line, kinds[3], word.c, at);
    append_next_words(line, word.op, at);
    line.resize(line.find_last_not_of(' ') + 1);
    out_ += line + "\n";
  }

  // The words of data that follow the instruction.
  void append_next_words(std::string& line, Op op, std::uint32_t at) const {
    for (const char kind : next_words(op)) {
      if (++at >= function_.code.size() || function_.code[at].op != Op::kData) return;
      line += kind == 'W' ? "-> " : "site ";
      line += std::to_string(function_.code[at].target()) + "  ";
    }
  }

  void append_operand(std::string& line, char kind, std::uint16_t operand, std::uint32_t at) const {
    switch (kind) {
      case 'R':
        line += "r" + std::to_string(operand);
        break;
      case 'U':
        line += "u" + std::to_string(operand);
        break;
      case 'N':
        line += "#" + std::to_string(operand);
        break;
      case 'K':
        append_constant(line, operand);
        break;
      case 'F':
        line += "fn " + std::string(string::text(program_.functions[operand]->name));
        break;
      case 'G':
        line += "global " + std::string(string::text(program_.globals[operand]));
        break;
      case 'S':
        append_state_field(line, operand);
        break;
      case 'T':
        line += program_.types.text(operand);
        break;
      case 'J':
        line += "-> " + std::to_string(function_.code[at].target());
        break;
      case 'Q':
        append_keys(line, operand);
        break;
      case 'C':
        line += "struct " + std::string(string::text(program_.structs[operand]->name));
        break;
      case 'V':
        line += "server " + program_.servers[operand]->name;
        break;
      case 'P':
        line += builtin_names()[operand].name;
        break;
      default:
        return;
    }
    line += "  ";
  }

  void append_constant(std::string& line, std::uint16_t index) const {
    std::string text = display(function_.constants[index], Quotes::kQuoted);
    if (text.size() > kMaxConstantText) {
      text.resize(kMaxConstantText);
      while (!string::is_valid_utf8(text)) text.pop_back();
      text += "...";
    }
    line += text;
  }

  void append_keys(std::string& line, std::uint16_t index) const {
    const object::KeysBlock& keys = *program_.key_lists[index];
    line += '{';
    for (std::uint32_t i = 0; i < keys.count; ++i) {
      if (i > 0) line += ", ";
      line += string::text(keys.keys()[i]);
    }
    line += '}';
  }

  void append_state_field(std::string& line, std::uint16_t index) const {
    const bool is_known = function_.server != kNoServer;
    line += "state ";
    line += is_known ? std::string(string::text(program_.servers[function_.server]->state[index].name))
                     : std::to_string(index);
  }

  const Program& program_;
  const Function& function_;
  std::string& out_;
};

}  // namespace

std::string disassemble(const Program& program) {
  std::string out;
  for (const auto& function : program.functions) {
    if (!function->is_prelude) FunctionListing(program, *function, out).write();
  }
  return out;
}

}  // namespace relay::bytecode
