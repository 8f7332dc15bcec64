package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"sort"
	"strings"
	"syscall"
)

func attempt(name string, make func() error) {
	if make() == nil {
		fmt.Println(name, "worked")
	} else {
		fmt.Println(name, "refused")
	}
}

func main() {
	attempt("connect", func() error { _, err := net.Dial("tcp", "127.0.0.1:22"); return err })
	attempt("listen", func() error { _, err := net.Listen("tcp", "127.0.0.1:0"); return err })
	attempt("shadow", func() error { _, err := os.ReadFile("/etc/shadow"); return err })
	attempt("init", func() error { _, err := os.ReadFile("/proc/1/environ"); return err })
	attempt("write", func() error { return os.WriteFile("/box/left", []byte("x"), 0o600) })
	attempt("kill", func() error { return syscall.Kill(1, syscall.SIGSTOP) })
	attempt("trace", func() error { return syscall.PtraceAttach(1) })
	attempt("unshare", func() error {
		command := exec.Command("/bin/true")
		command.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER}
		return command.Run()
	})
	var names []string
	for _, variable := range os.Environ() {
		names = append(names, strings.SplitN(variable, "=", 2)[0])
	}
	sort.Strings(names)
	_, err := os.Stat("/sys/fs/cgroup")
	fmt.Println(err != nil, strings.Join(names, ","))
}
