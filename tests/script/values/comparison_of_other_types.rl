// Nothing else can be compared; both types are named.
print(try { 1 < "2" } catch e { e.error + "|" + e.kind }) // expect: cannot compare number and string|type
print(try { nil < 1 } catch e { e.error }) // expect: cannot compare nil and number
print(try { [1] < [2] } catch e { e.error }) // expect: cannot compare array and array
print(try { true > false } catch e { e.error }) // expect: cannot compare bool and bool
