

set a=1;set b   =  2


set c = a+b*-3/(4-a)%2
fn one() {1}
fn two( a:number,b:optional(string) )->[number]{
a


b

}
fn three(x){x}


set f=fn(x){x}
set n = - - 3
set t=!true&&false||nil??`text ${ a+b } and "more"`
set s = :name
set o = { "key" :1,name:{  },:sym : [ ] }
set u=User { name : "Ann" }
set big = [1e9,.5,2024-01-01,"a
b"]
send  "s"  m  {a:1}  within 5
for   i,x in  [1,2] {print(i,x)}
while  true  {break}
set v = a [ 1 ] . b ( 2 ) . c
