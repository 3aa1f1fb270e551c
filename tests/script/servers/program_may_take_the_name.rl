server shop { receive fn hi() { "hi" } }
set shop = "a string"
print(shop, message("shop", "hi")) // expect: a string hi
