// a[i], o["k"] and s[i] are get().
set a = [10, 20]
set o = {k: [1, {d: "deep"}]}
print(a[0], a[1], o["k"], o["none"], "héllo"[1]) // expect: 10 20 [1, {d: "deep"}] nil é
print(o["k"][1]["d"], o.k[1].d, [[1, 2], [3]][0][1]) // expect: deep deep 2
