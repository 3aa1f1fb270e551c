config {port:8080,node_id:"n1"}
config_like(1)
template "/posts" from list(  )
struct Empty { }
struct Point{x:number y:number}
struct Post {
title : string
body:{string:[optional(number)]},
}
protocol Shape { area( )->number, scale(by:number)->fn(number,number)->nil }
protocol Named {
name()->string
rename(to: string)
}
/// Counts.
server counter implements Named{state{count:number=0}
receive fn add(by:optional(number))->number{state.set("count",state.count+(by??1))}
receive fn get() { state.count }
receive fn reset() { state.set("count", 0) }
fn helper(x){
x}
}
server one { receive fn f() { 1 } }
server empty { }
server two { state { a: number = 1
b: string = "b", } }
test "adds"{ assert(true) }
/// Two lines.
test   "two" {
a
b }
test(1)
