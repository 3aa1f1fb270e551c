local function map(a, f)
  local out = {}
  for i = 1, #a do out[i] = f(a[i], i) end
  return out
end
local function filter(a, f)
  local out = {}
  for i = 1, #a do
    if f(a[i], i) then out[#out + 1] = a[i] end
  end
  return out
end
local function reduce(a, f, start)
  local result = start
  for i = 1, #a do result = f(result, a[i], i) end
  return result
end
local function run()
  local total = 0
  for round = 0, 79 do
    local a = {}
    for i = 0, 99999 do a[#a + 1] = i + round end
    total = total + reduce(filter(map(a, function(x) return x * 2 end), function(x) return x % 3 == 0 end),
                           function(sum, x) return sum + x end, 0)
  end
  return total
end
print(run())
