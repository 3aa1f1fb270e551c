set begin = now()
sleep(0.05)
print(now() - begin >= 0.05) // expect: true
