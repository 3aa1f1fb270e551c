local function run()
  local sum = 0
  for i = 0, 59999999 do sum = sum + i end
  return sum
end
print(run())
