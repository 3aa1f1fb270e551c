// Words that are keywords only in their construct are names everywhere else.
set struct = 1; set protocol = 2; set server = 3; set template = 4; set config = 5
set implements = 6; set receive = 7; set from = 8; set within = 9; set state = 10; set test = 11
print(struct + protocol + server + template + config) // expect: 15
print(implements, receive, from, within, state, test) // expect: 6 7 8 9 10 11
fn apply(config, state) { config + state }
print(apply(1, 2)) // expect: 3
