/* One jail: a process in fresh user, pid, mount, ipc and uts namespaces that is their init, and the program, forked from
 * it, confined and waiting. When init exits or is killed, the kernel ends everything in the pid namespace and init can
 * be waited for only after that, so that nothing outlives a run. */
#include "runner.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <grp.h>
#include <unistd.h>

/* The cgroup namespace only hides names: /proc/self/cgroup would tell slot, container and grader. */
#define NAMESPACES \
  (CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

void fail(int error, const char *where) {
  shared->fault = error;
  strncpy(shared->where, where, sizeof shared->where - 1);
  _exit(1);
}

static void must(bool good, const char *where) {
  if (!good) fail(errno, where);
}

static bool write_file(const char *name, const char *text) {
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

/* Hands a descriptor of the scratch folder to the runner, which says by it that the jail is ready. */
static void send_ready(int control) {
  int fd = open("/scratch", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  must(fd >= 0, "open /scratch");
  union {
    struct cmsghdr align;
    char space[CMSG_SPACE(sizeof(int))];
  } ancillary;
  char byte = 'r';
  struct iovec part = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &ancillary, .msg_controllen = sizeof ancillary};
  struct cmsghdr *c = CMSG_FIRSTHDR(&message);
  c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(c), &fd, sizeof fd);
  must(sendmsg(control, &message, MSG_NOSIGNAL) == 1, "ready");
  close(fd);
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

static void init_main(int control, int out, int err, uint32_t scratch_mib) {
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
  if (program == 0) program_main(3);
  must(syscall(SYS_close_range, 0, ~0u, 0) == 0, "close_range");
  /* Not SA_RESTART: it shall interrupt the wait. Between the test and the wait it may be lost: the runner says it again. */
  struct sigaction end = {.sa_handler = on_end};
  must(sigaction(SIGUSR1, &end, NULL) == 0, "sigaction");
  reap(program);
}

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

static int receive_ready(int control) {
  union {
    struct cmsghdr align;
    char space[CMSG_SPACE(sizeof(int))];
  } ancillary;
  char byte;
  int fd = -1;
  struct iovec part = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &ancillary, .msg_controllen = sizeof ancillary};
  if (recvmsg(control, &message, MSG_CMSG_CLOEXEC) != 1) return -1;
  struct cmsghdr *c = CMSG_FIRSTHDR(&message);
  if (c && c->cmsg_type == SCM_RIGHTS) memcpy(&fd, CMSG_DATA(c), sizeof fd);
  return fd;
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

bool jail_prepare(struct jail *jail, uint32_t scratch_mib) {
  int pair[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1};
  memset(shared, 0, offsetof(struct shared, run));
  *jail = (struct jail){.pidfd = -1, .control = -1, .out = -1, .err = -1, .scratch = -1, .scratch_mib = scratch_mib};
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
  pid_t pid = (pid_t)syscall(SYS_clone, (unsigned long)(NAMESPACES | CLONE_PIDFD | SIGCHLD), 0, &pidfd, 0, 0);
  if (pid == 0) init_main(pair[1], out[1], err[1], scratch_mib);
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
  if (mapped) jail->scratch = receive_ready(jail->control);
  if (jail->scratch >= 0) return true;
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
  if (jail->pid > 0) {
    kill(jail->pid, SIGKILL);
    while (waitpid(jail->pid, NULL, 0) < 0 && errno == EINTR) continue;
  }
  int *fds[] = {&jail->pidfd, &jail->control, &jail->out, &jail->err, &jail->scratch};
  for (size_t i = 0; i < 5; i++) close_all(fds[i], 1);
  jail->pid = 0;
}
