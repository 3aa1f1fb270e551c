set post = {id: 1, title: "a"}
print(post.title.upper(), post.other, post["id"])
print(post.id.upper()) // error 15: method 'upper' not supported for number
