fn early(x) {
    return
    -1
}

fn late(x) { return -1 }
a
-b
a
(b)
a
[0]
a
{}
set c = if a {
    1
} else if b {
    2
} else {
    3
}
a
b
set d = (if a
{} +
    3)
set e = a + b ?? c
