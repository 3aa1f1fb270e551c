{a: 1}.push(2)
// expect error: method 'push' not supported for object
