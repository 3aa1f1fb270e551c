#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "repl/edit_buffer.h"
#include "repl/history.h"
#include "repl/key.h"
#include "repl/picture.h"

namespace relay::repl {

// What may stand in the place of a word.
struct Completion {
  std::size_t begin = 0;  // of the word; it ends at the cursor
  std::vector<std::string> candidates;  // sorted
};

// What the editor asks while it works.
struct EditorHelp {
  std::function<bool(std::string_view)> is_whole = [](std::string_view) { return true; };
  std::function<Completion(std::string_view text, std::size_t cursor)> complete = [](auto, auto) { return Completion{}; };
};

// Makes an input out of keys. Knows no terminal: what it shows is a picture.
class Editor {
 public:
  enum class Event { kNone, kAccepted, kInterrupted, kEnded, kClearScreen, kSuspend };

  Editor(History& history, EditorHelp help) : history_(history), help_(std::move(help)) {}

  // kAccepted: the text is a whole input; take() it.
  [[nodiscard]] Event handle(const Key& key);
  [[nodiscard]] std::string take();
  void clear();

  [[nodiscard]] Picture picture(const Window& window, Colours colours) const;
  // With the cursor at the end, as an input stays on the screen.
  [[nodiscard]] Picture finished(const Window& window, Colours colours) const;
  // What is to be printed above the input, once: the candidates of a completion.
  [[nodiscard]] std::vector<std::string> take_candidates() { return std::exchange(candidates_, {}); }
  [[nodiscard]] const EditBuffer& buffer() const { return buffer_; }

 private:
  struct Search {
    std::string part;
    std::size_t age = 0;
    bool has_found = true;
    std::string before;  // the text that was being typed
  };

  [[nodiscard]] Event handle_plain(const Key& key);
  [[nodiscard]] bool edit(const Key& key);
  [[nodiscard]] Event enter();
  void new_line();
  void insert_text(const std::string& text);
  void complete();
  void older();
  void newer();
  void show_entry();
  void begin_search();
  // False: the key ends the search and is to be handled as any other.
  [[nodiscard]] bool handle_search(const Key& key);
  void search_on(std::size_t age);

  History& history_;
  const EditorHelp help_;
  EditBuffer buffer_;
  std::optional<std::size_t> age_;  // of the entry that is shown
  std::string draft_;               // what was being typed before
  std::optional<Search> search_;
  std::vector<std::string> candidates_;
};

}  // namespace relay::repl
