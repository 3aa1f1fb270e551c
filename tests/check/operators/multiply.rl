set text = "ab"
print(text * 3) // error 12: cannot multiply string and number
