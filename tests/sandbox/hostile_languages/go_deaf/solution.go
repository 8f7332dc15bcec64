package main

import (
	"os/signal"
)

func main() {
	signal.Ignore()
	for i := 0; i < 8; i++ {
		go func() {
			for {
			}
		}()
	}
	select {}
}
