package main

import (
	_ "embed"
	"fmt"
)

//go:embed /etc/hostname
var name string

func main() { fmt.Println(name) }
