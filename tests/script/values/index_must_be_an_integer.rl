print(try { [1, 2].get(0.5) } catch e { "error" }, try { [1, 2]["0"] } catch e { "error" }) // expect: error error
