fn name() -> string { 5 } // error 23: function 'name' must return string, got number
print(name())
