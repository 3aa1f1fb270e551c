#include "value/object.h"

#include <algorithm>

#include "tree_check.h"
#include "value/immortal.h"
#include "value/symbol_table.h"
#include "value_fixture.h"

namespace relay {
namespace {

using Object = ValueTest;

// Keys with contents, in order.
class ObjectModel {
 public:
  void set(const std::string& key, double content) {
    for (auto& [other, old] : entries_) {
      if (other == key) {
        old = content;
        return;
      }
    }
    entries_.emplace_back(key, content);
  }
  void remove(const std::string& key) {
    std::erase_if(entries_, [&](const auto& entry) { return entry.first == key; });
  }
  [[nodiscard]] const std::vector<std::pair<std::string, double>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, double>> entries_;
};

void expect_like(const Value& value, const ObjectModel& model) {
  ASSERT_EQ(object::size(value), model.entries().size());
  std::size_t at = object::first(value);
  for (const auto& [key, content] : model.entries()) {
    ASSERT_NE(at, object::kNone);
    const object::Entry entry = object::entry(value, at);
    ASSERT_EQ(string::text(*entry.key), key);
    ASSERT_EQ(entry.content->as_number(), content);
    const Value* found = object::find(value, text(key));
    ASSERT_NE(found, nullptr);
    ASSERT_EQ(found->as_number(), content);
    at = object::next(value, at);
  }
  EXPECT_EQ(at, object::kNone);
}

class ObjectHistory {
 public:
  explicit ObjectHistory(unsigned seed) : random_(seed) {}

  void run(std::size_t steps, std::size_t keys, std::size_t removals_in_ten) {
    for (std::size_t i = 0; i < steps; ++i) {
      const std::string key = "key" + std::to_string(pick(keys));
      if (pick(10) < removals_in_ten) {
        object::remove(value_, text(key));
        model_.remove(key);
      } else {
        object::set(value_, text(key), number(static_cast<double>(i)));
        model_.set(key, static_cast<double>(i));
      }
      if (pick(40) == 0) versions_.emplace_back(value_, model_);
      if (pick(50) == 0 && !versions_.empty()) std::tie(value_, model_) = versions_[pick(versions_.size())];
    }
    expect_sound(value_);
    expect_like(value_, model_);
    for (const auto& [value, model] : versions_) expect_like(value, model);
  }

 private:
  std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }

  std::mt19937 random_;
  Value value_ = object::make();
  ObjectModel model_;
  std::vector<std::pair<Value, ObjectModel>> versions_;
};

TEST_F(Object, BehavesLikeAnOrderedMapWithFewKeys) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    ObjectHistory(seed).run(300, 12, 3);
  }
}

TEST_F(Object, BehavesLikeAnOrderedMapAroundTheLimitOfSmallObjects) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE(seed);
    ObjectHistory(seed).run(300, 24, 3);
  }
}

TEST_F(Object, BehavesLikeAnOrderedMapWithManyKeys) {
  for (unsigned seed = 0; seed < 12; ++seed) {
    SCOPED_TRACE(seed);
    ObjectHistory(seed).run(1500, 700, 4);
  }
}

TEST_F(Object, GivesAKeyThatWasRemovedAndSetAgainTheLastPlace) {
  for (const int size : {3, 40}) {
    Value value = object::make();
    for (int i = 0; i < size; ++i) object::set(value, text("k" + std::to_string(i)), number(i));
    object::set(value, text("k0"), number(-1));
    EXPECT_EQ(string::text(*object::entry(value, object::first(value)).key), "k0");
    object::remove(value, text("k0"));
    object::set(value, text("k0"), number(-2));
    EXPECT_EQ(string::text(*object::entry(value, object::first(value)).key), "k1");
    std::size_t last = object::first(value);
    while (object::next(value, last) != object::kNone) last = object::next(value, last);
    EXPECT_EQ(string::text(*object::entry(value, last).key), "k0");
  }
}

TEST_F(Object, HoldsAHundredThousandKeysAndForgetsThemAll) {
  Value value = object::make();
  for (int i = 0; i < 100000; ++i) object::set(value, text(std::to_string(i)), number(i));
  for (int i = 0; i < 100000; ++i) {
    const Value* found = object::find(value, std::to_string(i));
    ASSERT_NE(found, nullptr);
    ASSERT_EQ(found->as_number(), i);
  }
  EXPECT_EQ(object::find(value, "100000"), nullptr);
  for (int i = 0; i < 100000; ++i) object::remove(value, text(std::to_string((i * 7919) % 100000)));
  EXPECT_EQ(object::size(value), 0u);
  EXPECT_EQ(object::first(value), object::kNone);
  EXPECT_FALSE(value.truthy());
}

TEST_F(Object, UsedAsAQueueStaysAsSmallAsItsContent) {
  Value value = object::make();
  for (int i = 0; i < 100; ++i) object::set(value, text(std::to_string(i)), number(i));
  const std::size_t bytes = heap().bytes();
  for (int i = 100; i < 20000; ++i) {
    object::set(value, text(std::to_string(i)), number(i));
    object::remove(value, text(std::to_string(i - 100)));
  }
  EXPECT_EQ(object::size(value), 100u);
  EXPECT_LT(heap().bytes(), bytes * 4);
  expect_sound(value);
}

TEST_F(Object, ChangesInPlaceWhenNobodyElseHoldsIt) {
  for (const int size : {5, 500}) {
    Value value = object::make();
    for (int i = 0; i < size; ++i) object::set(value, text("k" + std::to_string(i)), number(i));
    const Block* block = value.block();
    const Value key = text("k3");
    const std::size_t bytes = heap().bytes();
    object::set(value, key, number(-1));
    EXPECT_EQ(value.block(), block);
    EXPECT_EQ(heap().bytes(), bytes);
    EXPECT_EQ(object::find(value, "k3")->as_number(), -1);
  }
}

TEST_F(Object, SharesAllButOnePathWithItsOldVersion) {
  Value old = object::make();
  for (int i = 0; i < 10000; ++i) object::set(old, text("k" + std::to_string(i)), number(i));
  const std::size_t before = heap().bytes();
  Value changed = old;
  object::set(changed, text("k5000"), number(-1));
  object::set(changed, text("new"), number(-1));
  EXPECT_LT(heap().bytes() - before, (20 + kVectorWidth) * kVectorNodeBytes) << "a path, and a wide leaf made narrow";
  EXPECT_EQ(object::find(old, "k5000")->as_number(), 5000);
  EXPECT_EQ(object::find(old, "new"), nullptr);
}

TEST_F(Object, MadeFromAKeyListSharesItUntilAKeyIsAdded) {
  SymbolTable symbols;
  ImmortalArena arena;
  const std::vector<Value> names = {symbols.intern("id"), symbols.intern("title")};
  object::KeysBlock* keys = arena.keep_keys(names);
  EXPECT_EQ(arena.keep_keys(names), keys) << "equal lists are one";
  std::vector<Value> contents = {number(1), text("a long enough title")};
  Value first = object::make(keys, contents);
  EXPECT_TRUE(contents[1].is_undefined()) << "make takes the contents";
  contents = {number(2), text("another title, too")};
  Value second = object::make(keys, contents);
  EXPECT_EQ(object::immortal_keys(first), keys);
  EXPECT_EQ(object::immortal_keys(second), keys);
  const std::size_t index = object::index_in(keys, names[1]);
  EXPECT_EQ(index, 1u);
  EXPECT_EQ(object::index_in(keys, text("title")), 1u) << "found by text as well";
  EXPECT_EQ(object::index_in(keys, text("other")), object::kNone);
  EXPECT_EQ(string::text(object::content_at(first, index)), "a long enough title");

  object::set(first, text("more"), number(3));
  EXPECT_EQ(object::immortal_keys(first), nullptr);
  EXPECT_EQ(display(first), "{id: 1, title: \"a long enough title\", more: 3}");
  EXPECT_EQ(display(second), "{id: 2, title: \"another title, too\"}");
  object::remove(second, names[0]);
  EXPECT_EQ(display(second), "{title: \"another title, too\"}");
}

TEST_F(Object, SetAtReplacesOneContentAndLeavesSharersAlone) {
  SymbolTable symbols;
  ImmortalArena arena;
  const std::vector<Value> names = {symbols.intern("a"), symbols.intern("b")};
  object::KeysBlock* keys = arena.keep_keys(names);
  std::vector<Value> contents = {number(1), number(2)};
  Value value = object::make(keys, contents);
  const Block* block = value.block();
  object::set_at(value, 1, number(3));
  EXPECT_EQ(value.block(), block);
  const Value old = value;
  object::set_at(value, 0, number(4));
  EXPECT_EQ(display(old), "{a: 1, b: 3}");
  EXPECT_EQ(display(value), "{a: 4, b: 3}");
  EXPECT_EQ(object::immortal_keys(value), keys);
}

TEST_F(Object, AlikeOnesShareTheirKeyList) {
  const Value model = object_of({{"name", number(1)}, {"age", number(2)}});
  std::vector<Value> contents = {number(3), number(4)};
  Value alike = object::make(object::keys_of(model), contents);
  EXPECT_EQ(object::keys_of(alike), object::keys_of(model));
  object::set(alike, text("more"), number(5));
  EXPECT_EQ(display(model), "{name: 1, age: 2}");
  EXPECT_EQ(display(alike), "{name: 3, age: 4, more: 5}");
}

TEST_F(Object, EmptyOnesShareOneImmortalBlock) {
  const Value value = object::make();
  EXPECT_FALSE(value.is_counted());
  EXPECT_EQ(heap().bytes(), 0u);
  EXPECT_FALSE(value.truthy());
  EXPECT_EQ(object::find(value, "x"), nullptr);
}

TEST_F(Object, FlagsWhatHoldsAFunction) {
  for (const int size : {5, 500}) {
    Value value = object::make();
    for (int i = 0; i < size; ++i) object::set(value, text("k" + std::to_string(i)), number(i));
    EXPECT_FALSE(value.holds_function());
    object::set(value, text("k2"), closure_over(number(1)));
    object::set(value, text("new"), closure_over(number(1)));
    EXPECT_TRUE(value.holds_function());
    for (int i = 0; i < 40; ++i) object::set(value, text("n" + std::to_string(i)), number(i));
    expect_sound(value);
  }
}

TEST_F(Object, IsCheckedOnlyWhereItHasChanged) {
  std::size_t calls = 0;
  const auto is_number = [&](const Value& content) {
    ++calls;
    return content.is_number();
  };
  Value value = object::make();
  for (int i = 0; i < 5000; ++i) object::set(value, text("k" + std::to_string(i)), number(i));
  EXPECT_TRUE(object::check_contents(value, 3, is_number));
  EXPECT_EQ(calls, 5000u);
  calls = 0;
  object::set(value, text("k17"), number(-1));
  object::set(value, text("new"), number(-1));
  object::remove(value, text("k18"));
  EXPECT_TRUE(object::check_contents(value, 3, is_number));
  EXPECT_LE(calls, 64u);
  object::set(value, text("k4000"), text("no number"));
  EXPECT_FALSE(object::check_contents(value, 3, is_number));
  Value few = object_of({{"a", number(1)}});
  EXPECT_TRUE(object::check_contents(few, 3, is_number));
  EXPECT_EQ(object::checked_type(few), 3u);
  object::set(few, text("a"), text("no number"));
  EXPECT_FALSE(object::check_contents(few, 3, is_number));
}

TEST_F(Object, RemovingItsOwnKeyByReferenceIsSafe) {
  Value value = object_of({{"only", number(1)}});
  object::remove(value, *object::entry(value, 0).key);
  EXPECT_EQ(object::size(value), 0u);
}

}  // namespace
}  // namespace relay
