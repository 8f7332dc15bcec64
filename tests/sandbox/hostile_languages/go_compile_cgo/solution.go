package main

// #cgo LDFLAGS: -Wl,-T,/proc/self/environ -fplugin=/scratch/x.so
// #include "/dev/zero"
import "C"

func main() { C.puts(nil) }
