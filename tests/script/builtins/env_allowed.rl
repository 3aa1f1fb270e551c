// flags: -allow-env RL_SHOWN -allow-env RL_UNSET
// env: RL_SHOWN=shown
print(env("RL_SHOWN"), env("RL_SHOWN", "default"), env("RL_UNSET", "default"), env("RL_UNSET")) // expect: shown shown default nil
