set post = {
    title: "The title of a post that is long enough",
    content: "and its content, which is longer",
}
set numbers = [
    10000000, 20000000, 30000000, 40000000, 50000000, 60000000, 70000000, 80000000, 90000000, 1,
]
set words = [
    "ten thousand",
    "twenty thousand",
    "thirty thousand",
    "forty thousand",
    "fifty thousand more",
]

fn update_post(
    id: number,
    title: optional(string),
    content: optional(string),
    tags: [string],
) -> object {
    id
}

set names = people
    .filter(fn (person) { person.age > 18 })
    .map(fn (person) { person.name })
    .sort()
    .join(", ")
set rest = state.services
    .get(service)
    .map(fn (address) { address.trim().lower() + ":" + string(port_of(address)) })
if is_the_first_condition_of_a_long_name(a) && is_the_second_condition_of_a_long_name(b) ||
    c == nil {
    go()
}
set found = state.posts.find(fn (post) { post.id == id }) ?? throw {
    error: "There is no such post",
    id: id,
    at: now(),
}
message_all([
    {server: "a_server", method: "a_method", args: [1]},
    {server: "b_server", method: "b_method"},
])
set kind = if state.rest.length() == 0 {
    "there is nothing at all"
} else {
    "there is something: " + rest.join(", ")
}
total("a string", fn (first, second) { first + second + 1 }, fn (third) {
    third.compute_something_longer(1)
})
call(fn (x) {
    x
}, 1)
call(
    fn (x) {
        x
    },
    1,
)
call(a, {
    b: 1,
})
print(
    try { something_that_fails(1) } catch e { e.error },
    try { something_else_that_fails(2) } catch e { e },
)
set kept = {
    a: 1,
    b: 2,
    c: 3,
}
set joined = {a: 1, b: 2}
set matrix = [
    1, 0, 0,
    0, 1, 0,
]
set chain = xs.map(f)
set longer = xs
    .map(f)
    .filter(g)
