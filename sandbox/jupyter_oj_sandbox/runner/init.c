/* The first process of a jail, in fresh user, pid, mount, ipc and uts namespaces: it makes the jail's mounts, forks the
 * program, and ends everything when the program has ended. Part of the runner and of warm interpreters. */
#include "runner.h"

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

void fail(int error, const char *where) {
  shared->fault = error;
  strncpy(shared->where, where, sizeof shared->where - 1);
  _exit(1);
}

void must(bool good, const char *where) {
  if (!good) fail(errno, where);
}

bool write_file(const char *name, const char *text) {
  int fd = open(name, O_WRONLY | O_CLOEXEC);
  if (fd < 0) return false;
  bool good = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
  int error = errno;
  close(fd);
  errno = error;
  return good;
}

static void mounts(uint32_t scratch_mib) {
  char options[96];
  /* An inode costs about a KiB of kernel memory: 256 a MiB bounds a flood of empty files as well as of bytes. */
  snprintf(options, sizeof options, "mode=700,uid=%d,gid=%d,size=%um,nr_inodes=%u", PROGRAM_ID, PROGRAM_ID, scratch_mib,
           scratch_mib * 256);
  must(mount("scratch", "/scratch", "tmpfs", MS_NOSUID | MS_NODEV, options) == 0, "mount /scratch");
  must(mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC | MS_RDONLY, NULL) == 0, "mount /proc");
}

/* Hands descriptors of the scratch folder and of /proc to the runner, which says by it that the jail is ready. */
static void send_ready(int control) {
  int fds[2] = {open("/scratch", O_RDONLY | O_DIRECTORY | O_CLOEXEC), open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  must(fds[0] >= 0 && fds[1] >= 0, "open /scratch");
  must(pass(control, "r", 1, fds, 2), "ready");
  close(fds[0]), close(fds[1]);
}

static volatile sig_atomic_t told_to_end;

static void on_end(int signal) {
  (void)signal;
  told_to_end = 1;
}

/* Waits for the program, reaping whatever else comes to it. Then, or when the runner says so, kills all the rest and
 * reaps it too: only what somebody has waited for is in the CPU time that the runner gets with our own end. */
static void reap(pid_t program) {
  for (int status;;) {
    pid_t pid = told_to_end ? 0 : wait4(-1, &status, 0, NULL);
    if (pid < 0 && errno == EINTR) continue;
    if (pid < 0) fail(errno, "wait");
    if (pid > 0 && pid != program) continue;
    if (pid == program) {
      shared->ended_us = now_us();
      shared->status = status;
      shared->ended = true;
    }
    kill(-1, SIGKILL);
    while (wait4(-1, NULL, __WALL, NULL) >= 0 || errno == EINTR) continue;
    _exit(0);
  }
}

void init_main(int control, int out, int err, uint32_t scratch_mib) {
  char byte;
  /* The OOM killer shall take the program, never the runner. /proc is read-only later: it stays so. */
  must(write_file("/proc/self/oom_score_adj", "1000"), "oom_score_adj");
  /* 0, 1 and 2 of the runner are its own; the jail's descriptors are moved to places known in advance. */
  must(dup2(out, 1) == 1 && dup2(err, 2) == 2 && dup2(control, 3) == 3, "dup");
  must(syscall(SYS_close_range, 4, ~0u, 0) == 0, "close_range");
  must(read(3, &byte, 1) == 1, "maps");
  must(setgroups(0, NULL) == 0 && setresgid(0, 0, 0) == 0 && setresuid(0, 0, 0) == 0, "ids of init");
  must(sethostname("box", 3) == 0, "sethostname");
  mounts(scratch_mib);
  send_ready(3);
  pid_t program = fork();
  must(program >= 0, "fork");
  if (program == 0) return;
  must(syscall(SYS_close_range, 0, ~0u, 0) == 0, "close_range");
  /* Not SA_RESTART: it shall interrupt the wait. Between the test and the wait it may be lost: the runner says it again. */
  struct sigaction end = {.sa_handler = on_end};
  must(sigaction(SIGUSR1, &end, NULL) == 0, "sigaction");
  reap(program);
}

