template "home.html" from nowhere(id: string)
print("never")
// expect error: nowhere
