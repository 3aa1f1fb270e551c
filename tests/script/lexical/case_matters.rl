set value = 1
set Value = 2
set _ = 3
set __x1 = 4
print(value, Value, _, __x1) // expect: 1 2 3 4
