// Runs inside of the program in main.cc, beside its server `words`: each calls the other as if both were written in one language.
server greeter {
    receive fn greet(text: string) -> string {
        set words = send "words" add {text: text}
        `you have told me ${words} words`
    }
}
