// Any value can be thrown; try gives the value of the block that ends it.
print(try { throw {error: "no", id: 7} } catch e { e.id }) // expect: 7
print(try { throw nil } catch e { [e] }, try { throw 5 } catch e { e + 1 }) // expect: [nil] 6
print(try { 5 } catch { 6 }, try { throw 1 } catch { 6 }) // expect: 5 6
