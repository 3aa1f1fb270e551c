// flags: -allow-env RELAY_TEST_UNSET
print(env("RELAY_TEST_UNSET", "fallback"), env("RELAY_TEST_UNSET")) // expect: fallback nil
print(try { env("HOME", "x") } catch e { e.kind }) // expect: denied
