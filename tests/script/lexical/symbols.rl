// A symbol is a string.
print(:hello, :hello == "hello", type(:x), [:a, :b]) // expect: hello true string ["a", "b"]
print({:a: 1, b: :c, "d e": :f}) // expect: {a: 1, b: "c", "d e": "f"}
fn pick() { return :x }
print(pick(), {a: 1}.get(:a), {if: 2}.get(:if)) // expect: x 1 2
