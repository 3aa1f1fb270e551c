local Point = {}
Point.__index = Point
local function run()
  local p = setmetatable({x = 0, y = 0, label = "p"}, Point)
  for i = 0, 14999999 do
    p.x = p.x + 1
    p.y = p.y + p.x
  end
  return p
end
local p = run()
print(p.x .. " " .. p.y)
