fn total(text: string) -> number { text.length() }
print(total("abc") + "!") // error 20: cannot add number and string
