set a = [10, 20, 30]
print(a.get(1), a[2], a.length(), a.length, len(a)) // expect: 20 30 3 3 3
print(a.first(), a.last(), [].first(), [].last()) // expect: 10 30 nil nil
