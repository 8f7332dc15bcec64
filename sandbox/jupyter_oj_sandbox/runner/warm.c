/* Warm interpreters, the runner's side: starting one and having it clone a jail. zygote.c is what runs in it. */
#include "runner.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_MS 20000
#define CLONE_S 5
#define STACK_GAP (4ull << 30) /* the kernel leaves room for a stack of RLIMIT_STACK as it is at exec */

static char preload[] = "LD_PRELOAD=/proc/self/fd/5";

static void limit_stack(void) {
  struct rlimit have;
  if (getrlimit(RLIMIT_STACK, &have) < 0) return;
  have.rlim_cur = have.rlim_max < STACK_GAP ? have.rlim_max : STACK_GAP;
  setrlimit(RLIMIT_STACK, &have);
}

static void drop_capabilities(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2] = {{0, 0, 0}, {0, 0, 0}};
  if (syscall(SYS_capset, &header, none) < 0) _exit(1);
}

/* Descriptors of the kinds that programs have: what the interpreter asks its streams when it starts (can they be sought,
 * are they terminals, how large are their blocks) is answered as it would be for a program. */
static bool place_descriptors(int control, bool piped) {
  int in[2], out[2], high[6];
  if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0) return false;
  int empty = memfd_create("stdin", MFD_CLOEXEC);
  const int low[6] = {piped ? in[0] : empty, out[1], out[1], control, shared_fd, preload_fd};
  for (int i = 0; i < 6; i++)
    if ((high[i] = fcntl(low[i], F_DUPFD, 64)) < 0) return false;
  for (int i = 0; i < 6; i++)
    if (dup2(high[i], i) < 0) return false;
  return syscall(SYS_close_range, 6, ~0u, 0) == 0;
}

static void exec_interpreter(const struct run *r, int control) {
  static char *argv[MAX_STRINGS + 1], *envp[MAX_STRINGS + 2];
  char *s = shared->strings;
  for (uint32_t i = 0; i < r->argc; i++, s += strlen(s) + 1) argv[i] = s;
  for (uint32_t i = 0; i < r->envc; i++, s += strlen(s) + 1) envp[i] = s;
  envp[r->envc] = preload; /* the last: zygote.c blanks it, and nothing of it is seen */
  if (!place_descriptors(control, r->flags & F_PIPED)) _exit(1);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  umask(022);
  limit_stack();
  drop_capabilities();
  execve(argv[0], argv, envp);
  _exit(1);
}

void warm_end(struct stand *stand) {
  jail_destroy(&stand->jail);
  if (stand->zygote == 0) return;
  kill(stand->zygote, SIGKILL);
  while (waitpid(stand->zygote, NULL, 0) < 0 && errno == EINTR) continue;
  close(stand->control);
  stand->zygote = 0;
}

/* Memory that is the process's own, with the tables that map it; at least 1. What the whole container is charged for
 * moves while the last run's memory is taken back, and tells nothing of one process. */
static uint32_t held_kib(pid_t pid) {
  static const char *const names[] = {"RssAnon:", "VmPTE:"};
  char name[32], line[128];
  unsigned long kib = 0, sum = 0;
  snprintf(name, sizeof name, "/proc/%d/status", pid);
  FILE *f = fopen(name, "re");
  if (f == NULL) return 1;
  while (fgets(line, sizeof line, f))
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
      if (strncmp(line, names[i], strlen(names[i])) == 0 && sscanf(line + strlen(names[i]), "%lu", &kib) == 1) sum += kib;
  fclose(f);
  return sum ? (uint32_t)sum : 1;
}

uint32_t warm_start(struct stand *stand, const struct run *r) {
  int pair[2];
  char byte;
  warm_end(stand);
  if (preload_fd < 0 || socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0) return 0;
  pid_t pid = fork();
  if (pid == 0) exec_interpreter(r, pair[1]);
  close(pair[1]);
  if (pid < 0) {
    close(pair[0]);
    return 0;
  }
  const struct timeval patience = {CLONE_S, 0};
  setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  stand->zygote = pid, stand->control = pair[0];
  struct pollfd ready = {pair[0], POLLIN, 0};
  if (poll(&ready, 1, READY_MS) == 1 && recv(pair[0], &byte, 1, 0) == 1) return held_kib(pid);
  warm_end(stand);
  return 0;
}

pid_t warm_clone(struct stand *stand, int control, int out, int err, uint32_t scratch_mib, int *pidfd) {
  const int fds[3] = {control, out, err};
  int32_t pid;
  if (pass(stand->control, &scratch_mib, sizeof scratch_mib, fds, 3) &&
      passed(stand->control, &pid, sizeof pid, pidfd, 1) && pid > 0 && *pidfd >= 0)
    return pid;
  int error = errno ? errno : ECONNRESET;
  warm_end(stand);
  while (waitpid(-1, NULL, WNOHANG) > 0) continue; /* a jail that it may have cloned all the same ends by itself */
  errno = error;
  return -1;
}
