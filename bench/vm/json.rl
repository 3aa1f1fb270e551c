fn run() {
    set people = range(2000).map(fn (i) {
        {id: i, name: "person " + string(i), tags: ["a", "b\n", "c"], score: i * 1.5, active: i % 2 == 0, none: nil}
    })
    set text = ""
    set total = 0
    for i in range(10) {
        set text = json_encode(people)
        for p in json_decode(text) { set total = total + p.id + p.tags.length() }
    }
    string(text.length()) + " " + string(total)
}
print(run())
