local function run()
  local seed = 42
  local numbers = {}
  for i = 1, 300000 do
    seed = (seed * 16807) % 2147483647
    numbers[i] = seed
  end
  local words, pairs_ = {}, {}
  for i = 1, 60000 do words[i] = "w" .. numbers[i] end
  for i = 1, 60000 do pairs_[i] = {key = numbers[i] % 1000, n = numbers[i]} end
  local sorted = table.move(numbers, 1, #numbers, 1, {})
  table.sort(sorted)
  table.sort(words)
  table.sort(pairs_, function(a, b) return a.key < b.key end)
  return {sorted[1], sorted[#sorted], words[1], pairs_[1].key, pairs_[#pairs_].key}
end
print(table.concat(run(), " "))
