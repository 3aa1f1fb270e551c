// The first case of a value counts; a second one is a warning when the program loads.
print(dispatch :a { :a: 1, "a": 2, :default: 3 }) // expect: 1
print(dispatch :b { :default: 3, :default: 4 })   // expect: 3
// expect warning: a second case for this value is never reached
// expect warning: dispatch_second_case_of_a_value.rl:2:28
// expect warning: dispatch_second_case_of_a_value.rl:3:34
