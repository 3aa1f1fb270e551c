struct Odd { if: number, server: string, state: any }
set o = Odd{if: 1, server: "s", state: nil}
print(o, o.if, o.server) // expect: Odd{if: 1, server: "s", state: nil} 1 s
