// NaN is unequal to itself, but inside a collection it equals itself.
set inf = 1e308 * 10
set nan = inf - inf
print(inf, -inf, nan) // expect: Infinity -Infinity NaN
print(nan == nan, nan != nan, [nan] == [nan], {a: nan} == {a: nan}) // expect: false true true true
