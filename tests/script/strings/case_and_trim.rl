print("Hé".upper(), "HÉ".lower(), " \t a b \n".trim() + "|") // expect: HÉ hé a b|
