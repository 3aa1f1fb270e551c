// Names are case-sensitive and may hold digits and underscores.
set value = 1
set Value = 2
set _v1 = 3
set __ = 4
print(value, Value, _v1, __) // expect: 1 2 3 4
