/* The program's process, from its fork to exec. Everything that does not depend on the request is done while the jail
 * stands by; the rest after the request has come. */
#include "runner.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void program_confine(void) {
  /* With 0 the kernel still pipes a core into a host's handler (core(5)); with 1 never, and the filter keeps it so. */
  const struct rlimit no_core = {1, 1};
  must(setrlimit(RLIMIT_CORE, &no_core) == 0, "RLIMIT_CORE");
  must(setsid() >= 0, "setsid");
  for (int cap = 0; cap <= CAP_LAST_CAP; cap++)
    if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) < 0) must(errno == EINVAL, "bounding set");
  must(setgroups(0, NULL) == 0, "setgroups");
  must(setresgid(PROGRAM_ID, PROGRAM_ID, PROGRAM_ID) == 0, "setresgid");
  must(setresuid(PROGRAM_ID, PROGRAM_ID, PROGRAM_ID) == 0, "setresuid");
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no_new_privs");
  umask(022);
  must(chdir("/scratch") == 0, "chdir");
  must(filter_install() == 0, "seccomp");
}

/* Waits for the descriptor of stdin, and perhaps of stdout, with which the request in the shared memory is complete. */
static void wait_for_request(int control) {
  char byte;
  int fds[2];
  if (!passed(control, &byte, 1, fds, 2)) _exit(1); /* the runner wants this jail no more */
  must(fds[0] >= 0 && dup2(fds[0], 0) == 0, "stdin");
  must(fds[1] < 0 || dup2(fds[1], 1) == 1, "stdout");
  must(syscall(SYS_close_range, 3, ~0u, 0) == 0, "close_range");
}

static void limit(int what, uint64_t soft, uint64_t hard, const char *name) {
  struct rlimit have;
  must(getrlimit(what, &have) == 0, name);
  if (hard > have.rlim_max) hard = have.rlim_max;
  if (soft > hard) soft = hard;
  struct rlimit want = {soft, hard};
  must(setrlimit(what, &want) == 0, name);
}

static void limits(const struct run *r) {
  uint64_t cpu = (r->cpu_us + 999999) / 1000000 + 1; /* a backstop: the runner looks more closely */
  limit(RLIMIT_CPU, cpu, cpu + 1, "RLIMIT_CPU");
  limit(RLIMIT_NOFILE, r->open_files, r->open_files, "RLIMIT_NOFILE");
  limit(RLIMIT_FSIZE, (uint64_t)r->scratch_mib << 20, (uint64_t)r->scratch_mib << 20, "RLIMIT_FSIZE");
  limit(RLIMIT_STACK, (uint64_t)r->memory_mib << 20, (uint64_t)r->memory_mib << 20, "RLIMIT_STACK");
  limit(RLIMIT_NPROC, r->processes, r->processes, "RLIMIT_NPROC"); /* counted per user namespace since Linux 5.14 */
  limit(RLIMIT_MSGQUEUE, 0, 0, "RLIMIT_MSGQUEUE");
  limit(RLIMIT_MEMLOCK, 0, 0, "RLIMIT_MEMLOCK"); /* the kernel counts it for all containers of the account together */
  limit(RLIMIT_SIGPENDING, 1024, 1024, "RLIMIT_SIGPENDING");
}

/* Whether exec failed by what the learner's build put into the file: an interpreter that is not there, a broken header.
 * It is then the program's failure, not ours. */
static bool cannot_start(const char *file, int error) {
  bool short_of_something = error == ENOMEM || error == EAGAIN || error == EMFILE || error == ENFILE || error == ETXTBSY;
  return strncmp(file, "/box/", 5) == 0 && access(file, X_OK) == 0 && !short_of_something;
}

void program_await(void) {
  wait_for_request(CONTROL);
  limits(&shared->run);
  shared->begun = true;
}

void program_main(void) {
  static char *argv[MAX_STRINGS + 1], *envp[MAX_STRINGS + 1];
  program_confine();
  program_await();
  const struct run *r = &shared->run;
  char *s = shared->strings;
  for (uint32_t i = 0; i < r->argc; i++, s += strlen(s) + 1) argv[i] = s;
  for (uint32_t i = 0; i < r->envc; i++, s += strlen(s) + 1) envp[i] = s;
  signal(SIGPIPE, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
  environ = envp;
  if (strchr(argv[0], '/')) execve(argv[0], argv, envp);
  else execvp(argv[0], argv);
  int error = errno;
  if (cannot_start(argv[0], error)) {
    dprintf(2, "the program cannot be started: %s\n", strerror(error));
    _exit(CANNOT_START);
  }
  fail(error, "exec");
}
