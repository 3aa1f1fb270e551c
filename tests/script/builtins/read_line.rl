// stdin: first line
// stdin:
// stdin: é
print([read_line(), read_line(), read_line()]) // expect: ["first line", "", "é"]
