// Accounts, and their tests beside them:
//
//   ./relay test examples/accounts_test.rl
//
// Run without `test`, or served, the file is a program like others: its test blocks are left out.

server accounts {
    state { balances: {string: number} = {} }

    receive fn deposit(name: string, amount: number) -> number {
        if amount <= 0 { throw {error: "not an amount", amount: amount} }
        change(name, amount)
    }

    receive fn balance(name: string) -> number {
        state.balances.get(name) ?? 0
    }

    // Takes before it looks: what it has changed is undone when it throws.
    receive fn transfer(from: string, to: string, amount: number) -> nil {
        set left = change(from, -amount)
        change(to, amount)
        if left < 0 { throw {error: "not enough", missing: -left} }
        notify("ledger", "note", from, to, amount)
    }

    fn change(name, amount) {
        set new = balance(name) + amount
        state.set("balances", state.balances.set(name, new))
        new
    }
}

server ledger {
    state { lines: [string] = [] }

    receive fn note(from: string, to: string, amount: number) {
        state.set("lines", state.lines.push(`${from} -> ${to}: ${amount}`))
    }

    receive fn lines() -> [string] { state.lines }
}

// What a test needs is a function like others.
fn balances() {
    {ann: send accounts balance {name: "ann"}, bob: send accounts balance {name: "bob"}}
}

test "a new account is empty" {
    assert_equal(balances(), {ann: 0, bob: 0})
}

test "a transfer moves money and is noted" {
    send accounts deposit {name: "ann", amount: 50}
    send accounts transfer {from: "ann", to: "bob", amount: 20}
    assert_equal(balances(), {ann: 30, bob: 20})
    assert_equal(send ledger lines {}, ["ann -> bob: 20"])
}

test "a transfer that fails leaves no trace" {
    send accounts deposit {name: "ann", amount: 10}
    set problem = assert_throws(fn () {
        send accounts transfer {from: "ann", to: "bob", amount: 25}
    })
    assert_equal(problem, {error: "not enough", missing: 15})
    assert_equal(balances(), {ann: 10, bob: 0})
    assert(len(send ledger lines {}) == 0, "nothing is noted")
}

test "a deposit must be positive" {
    for amount in [0, -5] {
        assert_equal(
            assert_throws(fn () { send accounts deposit {name: "ann", amount: amount} }).amount,
            amount,
        )
    }
}
