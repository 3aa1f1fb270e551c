server blog {
  receive fn update(id: number) { save(id) }
  fn save(id) { id / 0 }
}
message("blog", "update", 3)
// expect error: division by zero
// expect error: at blog.save (
// expect error: at blog.update (
