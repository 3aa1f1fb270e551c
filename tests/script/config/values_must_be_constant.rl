config { port: 80 + 1 }
print(1)
// expect error: values_must_be_constant.rl:1
