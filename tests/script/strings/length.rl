// Lengths and indexes count code points.
print("".length(), "héllo".length(), "😀!".length, len("é"), "añb".index_of("b")) // expect: 0 5 2 1 2
