print(1)
#!/usr/bin/env relay
// expect error: shebang_only_on_the_first_line.rl:2:1
