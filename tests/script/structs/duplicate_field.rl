struct P { a: number, a: string }
// expect error: duplicate_field.rl:1:23
