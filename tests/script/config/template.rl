// Templates are parsed and checked, and reported as not yet served.
server pages { receive fn home(id: string) { id } }
template "home.html" from home(id: string)
print("fine") // expect: fine
