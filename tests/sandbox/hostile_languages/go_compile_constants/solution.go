package main

const (
	a = 1 << 500
	b = a * a * a * a * a * a * a * a
	c = 1.0e1000000000 * 1.0e1000000000
	d = 1 << 9223372036854775807
)

func main() { println(b, c, d) }
