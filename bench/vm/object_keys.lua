local function run()
  local o = {}
  for i = 0, 199999 do o["key" .. i % 50000] = i end
  local sum = 0
  for i = 0, 499999 do sum = sum + o["key" .. i % 50000] end
  return sum
end
print(run())
