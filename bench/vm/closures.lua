local function make_counter(step)
  local count = 0
  return function()
    count = count + step
    return count
  end
end
local function run()
  local total = 0
  for i = 0, 1199999 do
    local counter = make_counter(i % 7)
    for j = 0, 9 do counter() end
    total = total + counter()
  end
  return total
end
print(run())
