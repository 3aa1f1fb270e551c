// The defaults of a state are evaluated like the body of a function: they may bind variables of their own.
set total = 100
server s {
    state {
        sum: number = { set total = 0; for i in range(4) { set total = total + i }; total },
        caught: string = try { throw "why" } catch e { e },
        twice: function = fn double(x) { x * 2 },
        early: number = { if true { return 7 }; 8 },
        left: number = nil ?? return 9,
        counts: array = { set n = 1; set f = fn () { n }; set n = 2; [f(), double(n)] },
    }
    receive fn all() { [state.sum, state.caught, state.twice(4), state.early, state.left, state.counts] }
}
print(message("s", "all"), total) // expect: [6, "why", 8, 7, 9, [2, 4]] 100
