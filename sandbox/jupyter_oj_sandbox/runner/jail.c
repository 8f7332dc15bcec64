/* One jail as the runner sees it: its namespaces are cloned here, or by a warm interpreter, and its ids are mapped here.
 * When init (init.c) exits or is killed, the kernel ends everything in the pid namespace and init can be waited for only
 * after that, so that nothing outlives a run. */
#include "runner.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static bool write_maps(pid_t pid) {
  static const char *const maps[] = {"uid_map", "gid_map"};
  for (size_t i = 0; i < 2; i++) {
    char name[64], text[96];
    snprintf(name, sizeof name, "/proc/%d/%s", pid, maps[i]);
    snprintf(text, sizeof text, "0 %d 1\n%d %d 1\n", init_id, PROGRAM_ID, program_id);
    if (!write_file(name, text)) return false;
  }
  return true;
}

static void close_all(int *fds, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (fds[i] >= 0) close(fds[i]), fds[i] = -1;
}

static bool refuse(const char *where) {
  shared->fault = errno ? errno : EIO;
  strncpy(shared->where, where, sizeof shared->where - 1);
  return false;
}

/* The processes of a jail; like fork, it returns in the program's too, with 0. */
static pid_t clone_here(int control, int out, int err, uint32_t scratch_mib, int *pidfd) {
  pid_t pid = (pid_t)syscall(SYS_clone, (unsigned long)(NAMESPACES | CLONE_PIDFD | SIGCHLD), 0, pidfd, 0, 0);
  if (pid == 0) init_main(control, out, err, scratch_mib);
  return pid;
}

bool jail_prepare(struct jail *jail, uint32_t scratch_mib, struct stand *from) {
  int pair[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
  memset(shared, 0, offsetof(struct shared, run));
  *jail = (struct jail){.pidfd = -1, .control = -1, .out = -1, .err = -1, .scratch = -1, .proc = -1, .scratch_mib = scratch_mib};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0 || pipe2(out, O_CLOEXEC) < 0 ||
      pipe2(err, O_CLOEXEC) < 0) {
    refuse("pipes");
    close_all(pair, 2), close_all(out, 2), close_all(err, 2);
    return false;
  }
  fcntl(out[0], F_SETPIPE_SZ, 256 << 10); /* fewer switches for large outputs; the default does where it is refused */
  fcntl(out[0], F_SETFL, O_NONBLOCK);
  fcntl(err[0], F_SETFL, O_NONBLOCK);
  int pidfd = -1;
  pid_t pid = from->zygote ? warm_clone(from, pair[1], out[1], err[1], scratch_mib, &pidfd)
                   : clone_here(pair[1], out[1], err[1], scratch_mib, &pidfd);
  if (pid == 0) program_main();
  int error = errno;
  close(pair[1]), close(out[1]), close(err[1]);
  if (pid < 0) {
    close(pair[0]), close(out[0]), close(err[0]);
    errno = error;
    return refuse("clone of the namespaces");
  }
  jail->pid = pid, jail->pidfd = pidfd, jail->control = pair[0], jail->out = out[0], jail->err = err[0];
  bool mapped = write_maps(pid) && send(jail->control, "m", 1, MSG_NOSIGNAL) == 1;
  error = errno;
  char byte;
  int fds[2] = {-1, -1};
  bool ready = mapped && passed(jail->control, &byte, 1, fds, 2);
  jail->scratch = fds[0], jail->proc = fds[1];
  if (ready && fds[1] >= 0) return true;
  jail_destroy(jail);
  errno = error;
  if (shared->fault == 0) refuse(mapped ? "jail" : "uid_map");
  return false;
}

/* A jail that stands by may have been taken by the OOM killer in the last run's end. */
bool jail_alive(struct jail *jail) {
  if (waitpid(jail->pid, NULL, WNOHANG) == 0) return true;
  jail->pid = -1;
  return false;
}

/* Also called after a run, when the process is gone already and `pid` is -1. */
void jail_destroy(struct jail *jail) {
  if (jail->pid == 0) return;
  if (jail->pid > 0) {
    kill(jail->pid, SIGKILL);
    while (waitpid(jail->pid, NULL, 0) < 0 && errno == EINTR) continue;
  }
  int *fds[] = {&jail->pidfd, &jail->control, &jail->out, &jail->err, &jail->scratch, &jail->proc};
  for (size_t i = 0; i < sizeof fds / sizeof *fds; i++) close_all(fds[i], 1);
  jail->pid = 0;
}
