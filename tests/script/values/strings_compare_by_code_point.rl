// U+FF5E stands before U+1F600, though its UTF-16 code unit does not.
print("～" < "😀", ["😀", "～", "a"].sort()) // expect: true ["a", "～", "😀"]
