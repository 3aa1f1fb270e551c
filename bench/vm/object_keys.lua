local function run()
  local o = {}
  for i = 0, 199999 do o[string.format("key%d", i % 50000)] = i end
  local sum = 0
  for i = 0, 499999 do sum = sum + o[string.format("key%d", i % 50000)] end
  return sum
end
print(run())
