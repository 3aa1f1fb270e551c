fn early() {
  return
  5
}
print(early()) // expect: nil
