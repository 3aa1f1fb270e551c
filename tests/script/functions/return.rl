// return leaves the function from any depth of blocks.
fn find(xs, x) {
  for i, v in xs {
    while true {
      if v == x { return i }
      break
    }
  }
  return -1
}
print(find([5, 6, 7], 6), find([], 6)) // expect: 1 -1
fn bare() { return }
print(bare()) // expect: nil
