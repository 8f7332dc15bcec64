//go:build ignore || -toolexec=/box/solution.go
//go:generate sh -c "echo run > /scratch/left"
//go:cgo_ldflag "-Wl,-T,/etc/passwd"
//go:cgo_import_dynamic puts puts "libc.so.6"
package main

import _ "unsafe"

//go:linkname os_exit os.Exit
func os_exit(code int)

func main() { println("hello") }
