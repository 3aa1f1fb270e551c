print("ab".upper) // error 12: cannot read field 'upper' of string // hint: `.upper(...)` calls the method
