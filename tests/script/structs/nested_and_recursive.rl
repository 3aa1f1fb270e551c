struct Node { value: number, next: optional(Node) }
struct Team { lead: Node, all: [Node] }
set list = Node{value: 1, next: Node{value: 2}}
print(list.next.value, list.next.next) // expect: 2 nil
print(Team{lead: list, all: [list]}.all[0].next.value) // expect: 2
print(try { Team{lead: {value: 1}, all: []} } catch e { e.error }) // expect: field 'lead' of struct Team must be Node, got object
