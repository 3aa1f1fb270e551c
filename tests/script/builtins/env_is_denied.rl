// Only names that the operator allowed can be read.
// env: RL_SECRET=hidden
print(try { env("RL_SECRET") } catch e { e.kind }, try { env("RL_SECRET", "d") } catch e { e.kind }) // expect: denied denied
