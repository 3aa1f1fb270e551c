print([1, 2]["0"]) // error 14: array index must be number, got string
