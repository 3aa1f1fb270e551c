config { app_nam: "demo" }
print("fine") // expect: fine
// expect warning: app_nam
// expect warning: app_name
