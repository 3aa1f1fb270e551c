// `${ }` takes any expression and shows it as string() does.
set name = "Ann"
print(`Hello ${name}, ${1 + 2}, ${nil}, ${[1, "a"]}, ${{k: "v"}}`) // expect: Hello Ann, 3, nil, [1, "a"], {k: "v"}
print(`a${`b${"c"}`}d`, `${"}"}`, `${fn (x) { x * 2 }(4)}`) // expect: abcd } 8
