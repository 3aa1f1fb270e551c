// Any expression stands in an interpolation, also one with braces, strings and interpolations of its own.
set o = {a: [1, "x"]}
print(`${o.a} ${`inner ${1 + 1}`} ${if true { "}" } else { "{" }} ${{k: 1}.k} $ {} $${2}`) // expect: [1, "x"] inner 2 } 1 $ {} $2
