package main

import (
	"runtime"
	"time"
)

func main() {
	for i := 0; i < 200; i++ {
		go func() {
			runtime.LockOSThread()
			time.Sleep(time.Hour)
		}()
	}
	time.Sleep(time.Hour)
}
