local function run()
  local sum, i = 0, 0
  while i < 40000000 do
    if i % 3 == 0 then sum = sum + i else sum = sum - 1 end
    i = i + 1
  end
  return sum
end
print(run())
