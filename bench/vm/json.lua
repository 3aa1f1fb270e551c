-- A small JSON reader and writer in plain Lua: what a Lua program has without a C library.
local null = setmetatable({}, {__tostring = function() return "null" end})
local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\b"] = "\\b", ["\f"] = "\\f"}
local unescapes = {['"'] = '"', ["\\"] = "\\", ["/"] = "/", n = "\n", r = "\r", t = "\t", b = "\b", f = "\f"}

local function encode_string(s)
  return '"' .. s:gsub('[%c"\\]', function(c) return escapes[c] or string.format("\\u%04x", c:byte()) end) .. '"'
end

local function encode_to(out, v)
  local t = type(v)
  if t == "string" then out[#out + 1] = encode_string(v)
  elseif t == "number" then out[#out + 1] = v == math.floor(v) and string.format("%d", v) or string.format("%.17g", v)
  elseif t == "boolean" then out[#out + 1] = tostring(v)
  elseif v == null then out[#out + 1] = "null"
  elseif v[1] ~= nil then
    out[#out + 1] = "["
    for i = 1, #v do
      if i > 1 then out[#out + 1] = "," end
      encode_to(out, v[i])
    end
    out[#out + 1] = "]"
  else
    out[#out + 1] = "{"
    for i, key in ipairs(v.order) do
      if i > 1 then out[#out + 1] = "," end
      out[#out + 1] = encode_string(key)
      out[#out + 1] = ":"
      encode_to(out, v.fields[key])
    end
    out[#out + 1] = "}"
  end
end

local function encode(v)
  local out = {}
  encode_to(out, v)
  return table.concat(out)
end

local decode_value

local function skip(s, i) return s:find("[^ \t\r\n]", i) or #s + 1 end

local function decode_string(s, i)
  local stop = s:find('["\\]', i + 1)
  if s:sub(stop, stop) == '"' then return s:sub(i + 1, stop - 1), stop + 1 end
  local parts, from = {}, i + 1
  while true do
    stop = s:find('["\\]', from)
    parts[#parts + 1] = s:sub(from, stop - 1)
    if s:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    local c = s:sub(stop + 1, stop + 1)
    if c == "u" then
      parts[#parts + 1] = utf8.char(tonumber(s:sub(stop + 2, stop + 5), 16))
      from = stop + 6
    else
      parts[#parts + 1] = unescapes[c]
      from = stop + 2
    end
  end
end

local function decode_array(s, i)
  local out = {}
  i = skip(s, i + 1)
  if s:sub(i, i) == "]" then return out, i + 1 end
  while true do
    out[#out + 1], i = decode_value(s, i)
    i = skip(s, i)
    if s:sub(i, i) == "]" then return out, i + 1 end
    i = skip(s, i + 1)
  end
end

local function decode_object(s, i)
  local out = {order = {}, fields = {}}
  i = skip(s, i + 1)
  if s:sub(i, i) == "}" then return out, i + 1 end
  while true do
    local key
    key, i = decode_string(s, i)
    i = skip(s, skip(s, i) + 1)
    out.order[#out.order + 1] = key
    out.fields[key], i = decode_value(s, i)
    i = skip(s, i)
    if s:sub(i, i) == "}" then return out, i + 1 end
    i = skip(s, i + 1)
  end
end

function decode_value(s, i)
  local c = s:sub(i, i)
  if c == "{" then return decode_object(s, i) end
  if c == "[" then return decode_array(s, i) end
  if c == '"' then return decode_string(s, i) end
  if c == "t" then return true, i + 4 end
  if c == "f" then return false, i + 5 end
  if c == "n" then return null, i + 4 end
  local stop = s:find("[^%d%.eE+-]", i) or #s + 1
  return tonumber(s:sub(i, stop - 1)), stop
end

local function person(i)
  local fields = {id = i, name = "person " .. i, tags = {"a", "b\n", "c"}, score = i * 1.5, active = i % 2 == 0, none = null}
  return {order = {"id", "name", "tags", "score", "active", "none"}, fields = fields}
end

local function run()
  local people = {}
  for i = 0, 1999 do people[#people + 1] = person(i) end
  local text, total = "", 0
  for round = 1, 10 do
    text = encode(people)
    for _, p in ipairs((decode_value(text, 1))) do total = total + p.fields.id + #p.fields.tags end
  end
  return #text .. " " .. math.floor(total)
end
print(run())
