// How fast the values are that programs are made of. Yardstick: a loop of lua5.4 over its flat table (bench/README).
#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "value/array.h"
#include "value/display.h"
#include "value/equal.h"
#include "value/heap.h"
#include "value/object.h"
#include "value/string.h"
#include "value/symbol_table.h"
#include "value/transfer.h"

namespace relay {
namespace {

Value range_array(std::int64_t count) {
  Value result = array::make();
  for (std::int64_t i = 0; i < count; ++i) array::push(result, Value(static_cast<double>(i)));
  return result;
}

Value object_with(std::int64_t count) {
  Value result = object::make();
  for (std::int64_t i = 0; i < count; ++i) {
    object::set(result, string::make("key" + std::to_string(i)), Value(static_cast<double>(i)));
  }
  return result;
}

std::vector<std::uint32_t> random_positions(std::int64_t count) {
  std::mt19937 random(1);
  std::vector<std::uint32_t> positions(4096);
  for (std::uint32_t& position : positions) position = static_cast<std::uint32_t>(random() % count);
  return positions;
}

void push_unique(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(range_array(state.range(0)));
  current_heap().drain(SIZE_MAX);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(push_unique)->Arg(10)->Arg(1000)->Arg(1'000'000);

void push_to_a_shared_array(benchmark::State& state) {
  const Value base = range_array(state.range(0));
  for (auto _ : state) {
    Value longer = base;
    array::push(longer, Value(1.0));
    benchmark::DoNotOptimize(longer);
  }
}
BENCHMARK(push_to_a_shared_array)->Arg(20)->Arg(1010)->Arg(1'000'000);

void get_at_random(benchmark::State& state) {
  const Value value = range_array(state.range(0));
  const auto positions = random_positions(state.range(0));
  double sum = 0;
  for (auto _ : state) {
    for (const std::uint32_t position : positions) sum += array::at(value, position).as_number();
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(positions.size()));
}
BENCHMARK(get_at_random)->Arg(32)->Arg(1000)->Arg(100'000)->Arg(1'000'000);

void get_in_order(benchmark::State& state) {
  const Value value = range_array(state.range(0));
  double sum = 0;
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(0); ++i) sum += array::at(value, static_cast<std::size_t>(i)).as_number();
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(get_in_order)->Arg(32)->Arg(1000)->Arg(100'000)->Arg(1'000'000);

void set_in_place(benchmark::State& state) {
  Value value = range_array(state.range(0));
  for (auto _ : state) {
    for (std::int64_t i = 0; i < state.range(0); ++i) array::set(value, static_cast<std::size_t>(i), Value(1.0));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(set_in_place)->Arg(32)->Arg(1000)->Arg(100'000)->Arg(1'000'000);

void set_in_place_at_random(benchmark::State& state) {
  Value value = range_array(state.range(0));
  const auto positions = random_positions(state.range(0));
  for (auto _ : state) {
    for (const std::uint32_t position : positions) array::set(value, position, Value(1.0));
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(positions.size()));
}
BENCHMARK(set_in_place_at_random)->Arg(100'000)->Arg(1'000'000);

void set_in_a_shared_array(benchmark::State& state) {
  const Value base = range_array(state.range(0));
  const auto positions = random_positions(state.range(0));
  std::size_t next = 0;
  for (auto _ : state) {
    Value changed = base;
    array::set(changed, positions[next++ % positions.size()], Value(1.0));
    benchmark::DoNotOptimize(changed);
  }
}
BENCHMARK(set_in_a_shared_array)->Arg(32)->Arg(1000)->Arg(1'000'000);

void iterate_by_runs(benchmark::State& state) {
  const Value value = range_array(state.range(0));
  double sum = 0;
  for (auto _ : state) {
    for (std::size_t i = 0; i < array::size(value);) {
      const std::span<const Value> run = array::run_at(value, i);
      for (const Value& element : run) sum += element.as_number();
      i += run.size();
    }
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(iterate_by_runs)->Arg(1'000'000);

void find_interned_key(benchmark::State& state) {
  SymbolTable symbols;
  Value value = object::make();
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    object::set(value, symbols.intern("key" + std::to_string(i)), Value(1.0));
  }
  const Value key = symbols.intern("key" + std::to_string(state.range(0) / 2));
  for (auto _ : state) benchmark::DoNotOptimize(object::find(value, key));
}
BENCHMARK(find_interned_key)->Arg(4)->Arg(16)->Arg(1000)->Arg(100'000);

void find_at_random(benchmark::State& state) {
  const Value value = object_with(state.range(0));
  std::vector<Value> keys;
  for (const std::uint32_t position : random_positions(state.range(0))) {
    keys.push_back(string::make("key" + std::to_string(position)));
  }
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(object::find(value, keys[next++ & 4095]));
}
BENCHMARK(find_at_random)->Arg(10)->Arg(1000)->Arg(100'000);

void set_existing_key_in_place(benchmark::State& state) {
  Value value = object_with(state.range(0));
  std::vector<Value> keys;
  for (const std::uint32_t position : random_positions(state.range(0))) {
    keys.push_back(string::make("key" + std::to_string(position)));
  }
  std::size_t next = 0;
  for (auto _ : state) object::set(value, keys[next++ & 4095], Value(1.0));
}
BENCHMARK(set_existing_key_in_place)->Arg(10)->Arg(1000)->Arg(100'000);

void build_object(benchmark::State& state) {
  std::vector<Value> keys;
  for (std::int64_t i = 0; i < state.range(0); ++i) keys.push_back(string::make("key" + std::to_string(i)));
  for (auto _ : state) {
    Value value = object::make();
    for (const Value& key : keys) object::set(value, key, Value(1.0));
    benchmark::DoNotOptimize(value);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(build_object)->Arg(5)->Arg(16)->Arg(1000)->Arg(100'000);

void set_in_a_shared_object(benchmark::State& state) {
  const Value base = object_with(state.range(0));
  const Value key = string::make("key3");
  for (auto _ : state) {
    Value changed = base;
    object::set(changed, key, Value(1.0));
    benchmark::DoNotOptimize(changed);
  }
}
BENCHMARK(set_in_a_shared_object)->Arg(5)->Arg(1000)->Arg(100'000);

void make_and_drop_a_small_object(benchmark::State& state) {
  const Value model = object_with(3);
  std::vector<Value> contents(3);
  for (auto _ : state) {
    for (Value& content : contents) content = Value(1.0);
    benchmark::DoNotOptimize(object::make(object::keys_of(model), contents));
  }
}
BENCHMARK(make_and_drop_a_small_object);

void make_and_drop_a_string(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(string::make("twenty characters or"));
}
BENCHMARK(make_and_drop_a_string);

void append_to_a_string(benchmark::State& state) {
  for (auto _ : state) {
    Value value = string::make("start");
    for (int i = 0; i < 1000; ++i) string::append(value, "more text ");
    benchmark::DoNotOptimize(value);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(append_to_a_string);

void pack_and_open(benchmark::State& state) {
  Value rows = array::make();
  for (std::int64_t i = 0; i < state.range(0); ++i) array::push(rows, object_with(5));
  for (auto _ : state) rows = pack(std::move(rows)).value().open();
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(pack_and_open)->Arg(1)->Arg(10'000);

void copy_rows(benchmark::State& state) {
  Value rows = array::make();
  for (std::int64_t i = 0; i < state.range(0); ++i) array::push(rows, object_with(5));
  for (auto _ : state) benchmark::DoNotOptimize(copy_out(rows));
  current_heap().drain(SIZE_MAX);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(copy_rows)->Arg(1)->Arg(1000);

void compare_rows(benchmark::State& state) {
  Value rows = array::make();
  for (std::int64_t i = 0; i < state.range(0); ++i) array::push(rows, object_with(5));
  const Value other = copy_out(rows).open();
  for (auto _ : state) benchmark::DoNotOptimize(equal(rows, other));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(compare_rows)->Arg(1)->Arg(1000);

void show_numbers(benchmark::State& state) {
  const Value value = range_array(1000);
  std::string out;
  for (auto _ : state) {
    out.clear();
    append_display(out, value, Quotes::kQuoted);
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(show_numbers);

void hash_a_text(benchmark::State& state) {
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) benchmark::DoNotOptimize(string::hash_text(text));
}
BENCHMARK(hash_a_text)->Arg(5)->Arg(20)->Arg(1000);

}  // namespace
}  // namespace relay

BENCHMARK_MAIN();
