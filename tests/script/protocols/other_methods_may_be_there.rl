protocol Store { put(key: string, value: any) -> bool, size() -> number }
server memory implements Store {
  receive fn put(key: string, value: any) -> bool { true }
  receive fn size() -> number { 0 }
  receive fn extra() { 1 }
}
print(message("memory", "size"), message("memory", "extra")) // expect: 0 1
