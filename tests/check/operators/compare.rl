print(1 < "2") // error 9: cannot compare number and string
