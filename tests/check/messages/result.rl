server counter { receive fn get() -> number { 1 } }
print((send counter get {}).upper()) // error 29: method 'upper' not supported for number
