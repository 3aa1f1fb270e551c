local function run()
  local numbers = {}
  for i = 0, 999 do numbers[#numbers + 1] = tostring(i) end
  local line = table.concat(numbers, ",")
  local total = 0
  for i = 0, 4999 do
    local parts = {}
    for part in line:gmatch("[^,]+") do parts[#parts + 1] = part end
    for _, part in ipairs(parts) do total = total + #part end
  end
  return total
end
print(run())
