package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	in := bufio.NewReader(os.Stdin)
	var n, run int
	fmt.Fscan(in, &n, &run)
	best := run
	for i := 1; i < n; i++ {
		var number int
		fmt.Fscan(in, &number)
		run = max(number, run+number)
		best = max(best, run)
	}
	fmt.Println(best)
}
