#include "actor/globals_image.h"

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/guarded.h"
#include "value/array.h"
#include "value/display.h"
#include "value/equal.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"

namespace relay {
namespace {

Value numbers(std::size_t count) {
  Value result = array::make();
  for (std::size_t i = 0; i < count; ++i) array::push(result, Value(static_cast<double>(i)));
  return result;
}

Value objects(std::size_t count) {
  Value result = array::make();
  for (std::size_t i = 0; i < count; ++i) {
    Value one = object::make();
    object::set(one, string::make("id"), Value(static_cast<double>(i)));
    object::set(one, string::make("tags"), numbers(i % 3));
    array::push(result, std::move(one));
  }
  return result;
}

TEST(Image, IsACopyOfItsOwn) {
  Heap heap;
  HeapScope scope(heap);
  ImageMaker maker;
  Value original = objects(200);
  const Image image = maker.make(original);
  array::push(original, Value(1.0));
  Heap other;
  HeapScope reader(other);
  const Value copy = image.copy();
  EXPECT_EQ(array::size(copy), 200u);
  EXPECT_TRUE(equal(copy, objects(200)));
  EXPECT_GT(other.bytes(), 200u * sizeof(Value));
}

TEST(Image, OfWhatIsNoBlockNeedsNone) {
  ImageMaker maker;
  EXPECT_TRUE(maker.make(Value(7.0)).copy().is_same(Value(7.0)));
  EXPECT_TRUE(maker.make(Value::nil()).copy().is_nil());
  EXPECT_EQ(maker.size(), 0u);
}

TEST(Image, CostsWhatHasChangedSinceTheLast) {
  Heap heap;
  HeapScope scope(heap);
  ImageMaker maker;
  Value value = numbers(100'000);
  Image image = maker.make(value);
  const std::size_t whole = maker.size();
  for (int version = 0; version < 40; ++version) {
    const Value published = value;
    const std::size_t before = maker.size();
    array::push(value, Value(-1.0));
    array::set(value, static_cast<std::size_t>(version % 20) * 1000, Value(-2.0 - version));
    image = maker.make(value);
    // The first change in a wide leaf makes it narrow ones.
    EXPECT_LE(maker.size() - before, version < 20 ? 10u + kVectorWidth : 10u);
  }
  EXPECT_GT(whole, 100'000u / kWideWidth);
  EXPECT_TRUE(equal(image.copy(), value));
}

TEST(Image, OfAnObjectCostsWhatHasChangedToo) {
  Heap heap;
  HeapScope scope(heap);
  ImageMaker maker;
  Value value = object::make();
  for (int i = 0; i < 5000; ++i) object::set(value, string::make("key" + std::to_string(i)), numbers(2));
  Image image = maker.make(value);
  const std::size_t before = maker.size();
  const Value published = value;
  object::set(value, string::make("key77"), Value(1.0));
  object::set(value, string::make("new"), Value(2.0));
  image = maker.make(value);
  EXPECT_LE(maker.size() - before, 20u);
  EXPECT_TRUE(equal(image.copy(), value));
}

TEST(Image, RemembersNotMuchMoreThanIsInUse) {
  Heap heap;
  HeapScope scope(heap);
  ImageMaker maker;
  std::vector<Value> in_use{numbers(10'000)};
  Image image = maker.make(in_use[0]);
  const std::size_t whole = maker.size();
  for (std::size_t version = 0; version < 5000; ++version) {
    Value changed = in_use[0];
    array::set(changed, version, Value(-1.0));
    in_use[0] = std::move(changed);
    image = maker.make(in_use[0]);
    maker.tidy(in_use);
    ASSERT_LE(maker.size(), 2 * whole + 2000);
  }
  EXPECT_TRUE(equal(image.copy(), in_use[0]));
}

TEST(Image, LastsLongerThanWhoMadeIt) {
  Image image;
  {
    Heap heap;
    HeapScope scope(heap);
    ImageMaker maker;
    image = maker.make(objects(50));
  }
  EXPECT_TRUE(equal(image.copy(), objects(50)));
}

TEST(Image, KeepsWhatIsSharedInItShared) {
  Value doubled = array::make();
  for (int level = 0; level < 60; ++level) {
    Value next = array::make();
    array::push(next, doubled);
    array::push(next, doubled);
    doubled = std::move(next);
  }
  ImageMaker maker;
  const Image image = maker.make(doubled);
  EXPECT_LE(maker.size(), 61u);
  const Value copy = image.copy();
  EXPECT_TRUE(array::at(copy, 0).is_same(array::at(copy, 1)));
}

TEST(Image, NeedsNoNativeStackForDepth) {
  Value nested = array::make();
  for (int depth = 0; depth < 200'000; ++depth) {
    Value outer = array::make();
    array::push(outer, std::move(nested));
    nested = std::move(outer);
  }
  ImageMaker maker;
  const Image image = maker.make(nested);
  maker.forget();
  EXPECT_EQ(array::size(image.copy()), 1u);
}

TEST(Image, IsReadAndDroppedByManyThreadsWhileNewOnesAreMade) {
  using Shared = std::shared_ptr<const Image>;
  Guarded<Shared> newest;
  std::atomic<bool> done{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      Heap heap;
      HeapScope scope(heap);
      while (!done.load()) {
        const Shared image = newest.with([](const Shared& shared) { return shared; });
        if (image == nullptr) continue;
        const Value copy = image->copy();
        ASSERT_EQ(array::at(copy, 0).as_number(), static_cast<double>(array::size(copy)));
      }
    });
  }
  {
    Heap heap;
    HeapScope scope(heap);
    ImageMaker maker;
    std::vector<Value> in_use{numbers(2000)};
    for (int version = 0; version < 1000; ++version) {
      Value next = in_use[0];
      array::push(next, Value(0.0));
      array::set(next, 0, Value(static_cast<double>(array::size(next))));
      in_use[0] = std::move(next);
      auto image = std::make_shared<const Image>(maker.make(in_use[0]));
      newest.with([&](Shared& shared) { shared = std::move(image); });
      maker.tidy(in_use);
    }
  }
  done.store(true);
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace relay
