fn total(list: [number]) { list.sum() }
print(total([1, 2]), total([]))
print(total([1, "2"])) // error 13: function 'total': parameter 'list' must be [number], got array
