set before = now()
sleep(0.01)
print(type(before), before < now(), now() - before < 60) // expect: datetime true true
