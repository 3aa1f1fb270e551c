struct Node { value: number, next: optional(Node) }
set list = Node{value: 1, next: Node{value: 2}}
print(list, list.next.value, list.next.next) // expect: Node{value: 1, next: Node{value: 2, next: nil}} 2 nil
print(try { Node{value: 1, next: 5} } catch e { e.error }) // expect: field 'next' of struct Node must be optional(Node), got number
