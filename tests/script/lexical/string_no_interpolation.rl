// Only backquoted strings interpolate.
print("${1 + 1} $ {") // expect: ${1 + 1} $ {
