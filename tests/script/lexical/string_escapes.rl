// The escapes of JSON.
print("quote \" backslash \\ slash \/ tab [\t]") // expect: quote " backslash \ slash / tab [	]
print("\u0041\u00e9\u4e2d\ud83d\ude00") // expect: Aé中😀
print("a\nb")
// expect: a
// expect: b
print(["\b\f\n\r\t", "\u0001"]) // expect: ["\b\f\n\r\t", "\u0001"]
