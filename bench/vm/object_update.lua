local function run()
  local o = {count = 0, total = 0, name = "bench", last = nil}
  for i = 0, 14999999 do
    o.count = o.count + 1
    o.total = o.total + o.count
    o.last = i
  end
  return o
end
local o = run()
print(o.count .. " " .. o.total .. " " .. o.last)
