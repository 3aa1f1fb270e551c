// nil and bool have no methods.
print(try { nil.length() } catch e { e.error }) // expect: method 'length' not supported for nil
print(try { true.upper() } catch e { e.error }) // expect: method 'upper' not supported for bool
