#include "repl/editor.h"

#include <algorithm>
#include <utility>

#include "lang/lexer.h"

namespace relay::repl {
namespace {

constexpr std::size_t kIndent = 2;
// A longer text is not looked through for its brackets at each line.
constexpr std::size_t kMostIndented = 64 * 1024;

// How many brackets are open at the end of the text; 0 inside a string or comment, where blanks would be text.
std::size_t open_brackets(std::string_view text) {
  if (text.size() > kMostIndented) return 0;
  std::vector<Diagnostic> ignored;
  Reporter reporter(std::make_shared<SourceFile>("<input>", std::string(text)), ignored);
  const LexResult lexed = lex(reporter);
  if (lexed.unreliable_from != UINT32_MAX) return 0;
  std::size_t depth = 0;
  for (const Token& token : lexed.tokens) {
    if (is_closer(token.kind) && depth > 0) --depth;
    if (is_opener(token.kind)) ++depth;
  }
  return depth;
}

std::string common_beginning(const std::vector<std::string>& texts) {
  std::string common = texts.front();
  for (const std::string& text : texts) {
    const auto differ = std::mismatch(common.begin(), common.end(), text.begin(), text.end()).first;
    common.erase(differ, common.end());
  }
  // No character is cut in two.
  while (!common.empty() && (static_cast<unsigned char>(common.back()) & 0xC0) == 0x80) common.pop_back();
  if (!common.empty() && static_cast<unsigned char>(common.back()) >= 0xC0) common.pop_back();
  return common;
}

}  // namespace

Editor::Event Editor::handle(const Key& key) {
  if (search_ && handle_search(key)) return Event::kNone;
  return handle_plain(key);
}

Editor::Event Editor::handle_plain(const Key& key) {
  switch (key.id) {
    case KeyId::kEnter: return enter();
    case KeyId::kInterrupt: return Event::kInterrupted;
    case KeyId::kClearScreen: return Event::kClearScreen;
    case KeyId::kSuspend: return Event::kSuspend;
    case KeyId::kDeleteOrEnd:
      if (buffer_.text().empty()) return Event::kEnded;
      buffer_.erase();
      return Event::kNone;
    default: break;
  }
  if (edit(key)) age_.reset();
  return Event::kNone;
}

// Whether the key may have changed the text.
bool Editor::edit(const Key& key) {
  switch (key.id) {
    case KeyId::kText:
    case KeyId::kPaste: insert_text(key.text); return true;
    case KeyId::kNewLine: new_line(); return true;
    case KeyId::kTab: complete(); return true;
    case KeyId::kBackspace: buffer_.erase_back(); return true;
    case KeyId::kDelete: buffer_.erase(); return true;
    case KeyId::kKillToEnd: buffer_.kill_to_end(); return true;
    case KeyId::kKillToStart: buffer_.kill_to_start(); return true;
    case KeyId::kKillWordBack: buffer_.kill_word_back(); return true;
    case KeyId::kKillWord: buffer_.kill_word(); return true;
    case KeyId::kYank: buffer_.yank(); return true;
    case KeyId::kTranspose: buffer_.transpose(); return true;
    case KeyId::kLeft: buffer_.left(); return false;
    case KeyId::kRight: buffer_.right(); return false;
    case KeyId::kHome: buffer_.line_start(); return false;
    case KeyId::kEnd: buffer_.line_end(); return false;
    case KeyId::kWordLeft: buffer_.word_left(); return false;
    case KeyId::kWordRight: buffer_.word_right(); return false;
    case KeyId::kUp: older(); return false;
    case KeyId::kDown: newer(); return false;
    case KeyId::kSearch: begin_search(); return false;
    default: return false;
  }
}

Editor::Event Editor::enter() {
  if (help_.is_whole(buffer_.text())) return Event::kAccepted;
  new_line();
  return Event::kNone;
}

void Editor::new_line() {
  const std::size_t depth = open_brackets(std::string_view(buffer_.text()).substr(0, buffer_.cursor()));
  buffer_.insert("\n" + std::string(depth * kIndent, ' '));
}

// A closing brace that begins a line moves out to where its block began.
void Editor::insert_text(const std::string& text) {
  const std::string& all = buffer_.text();
  std::size_t blanks = 0;
  while (blanks < buffer_.cursor() && all[buffer_.cursor() - 1 - blanks] == ' ') ++blanks;
  const std::size_t start = buffer_.cursor() - blanks;
  const bool begins_line = start > 0 && all[start - 1] == '\n';
  if (text == "}" && begins_line && blanks >= kIndent) {
    const std::size_t depth = open_brackets(std::string_view(all).substr(0, start));
    const std::size_t wanted = depth == 0 ? blanks : (depth - 1) * kIndent;
    buffer_.replace(start, buffer_.cursor(), std::string(wanted, ' '));
  }
  buffer_.insert(text);
}

std::string Editor::take() {
  std::string text = buffer_.text();
  clear();
  return text;
}

void Editor::clear() {
  buffer_.set({});
  age_.reset();
  draft_.clear();
  search_.reset();
}

void Editor::complete() {
  const Completion found = help_.complete(buffer_.text(), buffer_.cursor());
  if (found.candidates.empty()) {
    const std::string& text = buffer_.text();
    const bool is_at_start = buffer_.cursor() == 0 || text[buffer_.cursor() - 1] == '\n' || text[buffer_.cursor() - 1] == ' ';
    if (is_at_start) buffer_.insert(std::string(kIndent, ' '));
    return;
  }
  const std::string common = common_beginning(found.candidates);
  const std::size_t typed = buffer_.cursor() - found.begin;
  if (common.size() > typed || found.candidates.size() == 1) {
    buffer_.replace(found.begin, buffer_.cursor(), common);
  } else {
    candidates_ = found.candidates;
  }
}

// ---- Earlier inputs --------------------------------------------------------------------------------------

void Editor::older() {
  if (buffer_.up()) return;
  const std::size_t next = age_ ? *age_ + 1 : 0;
  if (next >= history_.size()) return;
  if (!age_) draft_ = buffer_.text();
  age_ = next;
  show_entry();
}

void Editor::newer() {
  if (buffer_.down() || !age_) return;
  if (*age_ == 0) {
    age_.reset();
    buffer_.set(std::exchange(draft_, {}));
    return;
  }
  --*age_;
  show_entry();
}

void Editor::show_entry() { buffer_.set(history_.entry(*age_)); }

void Editor::begin_search() {
  search_.emplace();
  search_->before = buffer_.text();
}

bool Editor::handle_search(const Key& key) {
  switch (key.id) {
    case KeyId::kText:
      search_->part += key.text;
      search_on(search_->age);
      return true;
    case KeyId::kBackspace:
      if (!search_->part.empty()) search_->part.erase(search_->part.size() - 1);
      while (!search_->part.empty() && (static_cast<unsigned char>(search_->part.back()) & 0xC0) == 0x80) search_->part.pop_back();
      search_on(0);
      return true;
    case KeyId::kSearch: search_on(search_->age + 1); return true;
    case KeyId::kEscape:
    case KeyId::kInterrupt:
      buffer_.set(search_->before);
      search_.reset();
      return true;
    default:
      search_.reset();
      return false;
  }
}

void Editor::search_on(std::size_t age) {
  const auto found = search_->part.empty() ? std::nullopt : history_.find(search_->part, age);
  search_->has_found = found.has_value();
  if (!found) return;
  search_->age = *found;
  buffer_.set(history_.entry(*found));
}

// ---- What is shown ---------------------------------------------------------------------------------------

Picture Editor::picture(const Window& window, Colours colours) const {
  Prompts prompts;
  if (search_) prompts.first = (search_->has_found ? "search `" : "not found `") + search_->part + "`: ";
  return repl::picture(buffer_.text(), buffer_.cursor(), prompts, window, colours);
}

Picture Editor::finished(const Window& window, Colours colours) const {
  return repl::picture(buffer_.text(), buffer_.text().size(), {}, window, colours);
}

}  // namespace relay::repl
