set a = [1, 2]
print(a.push(3), a.add(3), a.append([3, 4]), a.prepend(0), a.concat([9])) // expect: [1, 2, 3] [1, 2, 3] [1, 2, 3, 4] [0, 1, 2] [1, 2, 9]
print(a.pop(), [].pop(), a.set(0, 9)) // expect: [1] [] [9, 2]
print(a.insert(0, 5), a.insert(1, 5), a.insert(2, 5)) // expect: [5, 1, 2] [1, 5, 2] [1, 2, 5]
