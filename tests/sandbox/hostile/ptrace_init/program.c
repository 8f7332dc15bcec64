#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

static void say(int failed) { puts(failed ? "refused" : "it worked"); }

int main(void) {
  static char byte;
  struct iovec here = {&byte, 1}, there = {&byte, 1};
  pid_t child = fork();
  if (child == 0)
    for (;;) pause();
  say(ptrace(PTRACE_ATTACH, 1, 0, 0) < 0);
  say(ptrace(PTRACE_SEIZE, child, 0, 0) < 0);
  say(process_vm_writev(1, &here, 1, &there, 1, 0) < 0);
  kill(child, SIGKILL);
}
