package main

var table = [1 << 36]byte{1}

func main() { println(table[5]) }
