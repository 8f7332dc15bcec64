/* What a hostile program would try. Run in a box by the self-test and by the hostile suite.
 *
 *   probe escape        try everything below; print "<group> <what>" for each thing that worked, then "end"
 *   probe memory        touch memory until killed
 *   probe hidden        the same with memory that belongs to no process
 *   probe flood         print for ever
 *   probe forks         fork sleeping children until refused; print how many there were
 *   probe spin | sleep  use CPU time | do nothing, for ever
 *   probe leave         leave a file in every writable place and a daemon that keeps the output open
 *   probe look          print every trace of an earlier run
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define MESSAGE 4711 /* the key of a shared memory segment */

extern char **environ;

static void worked(const char *group, const char *what) { printf("%s %s\n", group, what); }

static void try_open(const char *path, int flags) {
  int fd = open(path, flags | O_CLOEXEC, 0600);
  if (fd >= 0) {
    worked("files", path);
    close(fd);
  }
}

static void files(void) {
  static const char *const hidden[] = {"/proc/1/mem", "/proc/1/environ", "/proc/1/root/etc/passwd", "/proc/1/cwd", "/proc/kcore", "/root",
                                       "/home", "/run/oj/sock", "/oj/runner", "/run/.containerenv", "/sys/fs/cgroup", "/dev/mem",
                                       "/dev/kmsg", "/dev/kvm", "/dev/fuse", "/dev/vda", "/dev/tty", "/etc/shadow"};
  static const char *const made[] = {"/escaped", "/etc/escaped", "/usr/escaped", "/box/escaped", "/proc/escaped", "/dev/escaped", "/var/escaped"};
  static const char *const written[] = {"/etc/passwd", "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sysrq-trigger",
                                        "/proc/1/oom_score_adj", "/proc/self/uid_map"};
  for (size_t i = 0; i < sizeof hidden / sizeof *hidden; i++) try_open(hidden[i], O_RDONLY);
  for (size_t i = 0; i < sizeof made / sizeof *made; i++) try_open(made[i], O_WRONLY | O_CREAT);
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) try_open(written[i], O_WRONLY);
  if (mknod("/scratch/block", S_IFBLK | 0600, 0xfe00) == 0) worked("files", "made a block device");
  static const char *const devices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
  for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
    if (utimensat(AT_FDCWD, devices[i], NULL, 0) == 0) worked("files", "changed the times of a device");
  struct stat in;
  if (fstat(0, &in) == 0 && S_ISCHR(in.st_mode)) worked("files", "has a device of the host's as stdin");
  int own = open("/proc/self/fd", O_RDONLY | O_DIRECTORY);
  DIR *folder = own < 0 ? NULL : fdopendir(own);
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    int fd = atoi(entry->d_name);
    if (fd > 2 && fd != own) worked("files", "an inherited descriptor");
  }
}

static void mounts(void) {
  if (mount("none", "/scratch", "tmpfs", 0, NULL) == 0) worked("mounts", "mounted a tmpfs");
  if (mount(NULL, "/", NULL, MS_REMOUNT | MS_BIND, NULL) == 0) worked("mounts", "remounted the root");
  if (umount2("/scratch", MNT_DETACH) == 0) worked("mounts", "unmounted the scratch folder");
  if (chroot("/scratch") == 0) worked("mounts", "changed the root");
#ifdef SYS_open_tree
  if (syscall(SYS_open_tree, AT_FDCWD, "/", 1) >= 0) worked("mounts", "cloned a mount tree");
#endif
#ifdef SYS_fsopen
  if (syscall(SYS_fsopen, "tmpfs", 0) >= 0) worked("mounts", "opened a file system");
#endif
}

static void namespaces(void) {
  static const struct { int flag; const char *name; } kinds[] = {
      {CLONE_NEWUSER, "user"}, {CLONE_NEWNS, "mount"}, {CLONE_NEWPID, "pid"}, {CLONE_NEWNET, "net"},
      {CLONE_NEWIPC, "ipc"},   {CLONE_NEWUTS, "uts"},  {CLONE_NEWCGROUP, "cgroup"}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (unshare(kinds[i].flag) == 0) worked("namespaces", kinds[i].name);
    long child = syscall(SYS_clone, kinds[i].flag | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    if (child > 0) worked("namespaces", "cloned one"), waitpid((pid_t)child, NULL, 0);
  }
  struct { unsigned long long flags, rest[10]; } arguments = {CLONE_NEWUSER, {0}};
  long child = syscall(SYS_clone3, &arguments, sizeof arguments);
  if (child == 0) _exit(0);
  if (child > 0) worked("namespaces", "clone3");
  int fd = open("/proc/1/ns/user", O_RDONLY);
  if (fd >= 0 && setns(fd, 0) == 0) worked("namespaces", "joined init's");
}

static void processes(void) {
  char byte;
  struct iovec here = {&byte, 1}, there = {(void *)0x400000, 1};
  if (ptrace(PTRACE_ATTACH, 1, 0, 0) == 0) worked("processes", "traced init");
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) worked("processes", "may be traced");
  if (process_vm_readv(1, &here, 1, &there, 1, 0) == 1) worked("processes", "read init's memory");
  if (kill(1, SIGSTOP) == 0) worked("processes", "stopped init");
  if (setpriority(0, 0, -20) == 0) worked("processes", "raised its priority");
  if (setpriority(PRIO_PROCESS, 1, 19) == 0) worked("processes", "slowed init");
  struct rlimit few = {3, 3};
  if (prlimit(1, RLIMIT_NOFILE, &few, NULL) == 0) worked("processes", "limited init");
  cpu_set_t all;
  memset(&all, 0xff, sizeof all);
  if (sched_setaffinity(0, sizeof all, &all) == 0) worked("processes", "moved to other cores");
}

static void sockets(void) {
  for (int family = 0; family < 64; family++)
    for (int type = SOCK_STREAM; type <= SOCK_SEQPACKET; type++) {
      char what[40];
      int fd = socket(family, type, 0);
      if (fd < 0) continue;
      snprintf(what, sizeof what, "family %d type %d", family, type);
      worked("sockets", what);
      close(fd);
    }
}

static void kernel(void) {
  static char zeros[4096];
  if (syscall(SYS_bpf, 0, zeros, 64) >= 0) worked("kernel", "bpf");
  if (syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0) >= 0) worked("kernel", "perf_event_open");
  if (syscall(SYS_io_uring_setup, 4, zeros) >= 0) worked("kernel", "io_uring");
  if (syscall(SYS_userfaultfd, 1) >= 0) worked("kernel", "userfaultfd");
  if (syscall(SYS_keyctl, 0, -3, 1) >= 0) worked("kernel", "keyctl");
  if (syscall(SYS_add_key, "user", "a", "b", 1, -3) >= 0) worked("kernel", "add_key");
  if (sethostname("escaped", 7) == 0) worked("kernel", "sethostname");
  if (syscall(SYS_syslog, 3, zeros, sizeof zeros) >= 0) worked("kernel", "syslog");
  if (syscall(SYS_fanotify_init, 0, 0) >= 0) worked("kernel", "fanotify");
  if (inotify_init1(0) >= 0) worked("kernel", "inotify");
  if (mlock(zeros, sizeof zeros) == 0) worked("kernel", "locked memory");
}

static void identity(void) {
  if (getuid() == 0 || getgid() == 0) worked("identity", "is root");
  if (setuid(0) == 0 || setresuid(0, 0, 0) == 0) worked("identity", "became root");
  if (setgid(0) == 0) worked("identity", "became root's group");
  char line[256];
  FILE *status = fopen("/proc/self/status", "r");
  while (status && fgets(line, sizeof line, status)) {
    unsigned long long caps = 0;
    if (sscanf(line, "CapEff: %llx", &caps) == 1 && caps) worked("identity", "has capabilities");
    if (strncmp(line, "NoNewPrivs:\t0", 13) == 0) worked("identity", "may gain privileges");
  }
  if (!status) worked("identity", "cannot read its own status");
  FILE *cgroup = fopen("/proc/self/cgroup", "r");
  while (cgroup && fgets(line, sizeof line, cgroup))
    if (strcmp(strrchr(line, ':'), ":/\n")) worked("identity", "sees the name of its cgroup");
  static const struct rlimit cores = {0, 0};
  struct rlimit core;
  setrlimit(RLIMIT_CORE, &cores);
  if (getrlimit(RLIMIT_CORE, &core) < 0 || core.rlim_cur != 1 || core.rlim_max != 1)
    worked("identity", "may feed a core dump to the host's handler");
  static const char *const expected[] = {"PATH=", "HOME=", "TMPDIR=", "LANG="};
  for (char **variable = environ; *variable; variable++) {
    int known = 0;
    for (size_t i = 0; i < 4; i++) known |= strncmp(*variable, expected[i], strlen(expected[i])) == 0;
    if (!known) worked("identity", *variable);
  }
}

static void network(void) {
  char line[512];
  FILE *devices = fopen("/proc/net/dev", "r");
  while (devices && fgets(line, sizeof line, devices))
    if (strchr(line, ':') && !strstr(line, "lo:")) worked("network", strtok(line, ":"));
}

static void leave(void) {
  static const char *const places[] = {"/scratch/trace", "/tmp/trace", "/dev/shm/trace", "/box/trace", "/dev/mqueue/trace"};
  for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
    int fd = open(places[i], O_WRONLY | O_CREAT, 0666);
    if (fd >= 0) close(fd);
  }
  shmget(MESSAGE, 4096, IPC_CREAT | 0666);
  if (fork() == 0) {
    setsid();
    if (fork() == 0)
      for (;;) pause();
    _exit(0);
  }
}

static void look_in(const char *path) {
  DIR *folder = opendir(path);
  for (struct dirent *entry; folder && (entry = readdir(folder));)
    if (entry->d_name[0] != '.' && strcmp(entry->d_name, "probe")) printf("trace %s/%s\n", path, entry->d_name);
}

static void look(void) {
  look_in("/scratch");
  look_in("/tmp");
  look_in("/dev/shm");
  look_in("/box");
  look_in("/dev/mqueue");
  if (shmget(MESSAGE, 0, 0) >= 0) printf("trace shared memory\n");
  DIR *folder = opendir("/proc");
  for (struct dirent *entry; folder && (entry = readdir(folder));) {
    int pid = atoi(entry->d_name);
    if (pid > 1 && pid != getpid()) printf("trace process %d\n", pid);
  }
}

static void memory(void) {
  for (;;) {
    char *block = malloc(1 << 20);
    if (block) memset(block, 1, 1 << 20);
  }
}

static void hidden(void) {
  static char block[1 << 20];
  memset(block, 1, sizeof block);
  for (;;) {
    int fd = memfd_create("hidden", 0);
    for (int i = 0; i < 16 && fd >= 0; i++)
      if (write(fd, block, sizeof block) < 0) break;
  }
}

static void flood(void) {
  static char block[1 << 16];
  memset(block, 'x', sizeof block);
  for (;;)
    if (write(1, block, sizeof block) < 0) _exit(1);
}

static void forks(void) {
  int count = 0;
  for (; count < 5000; count++) {
    pid_t child = fork();
    if (child < 0) break;
    if (child == 0)
      for (;;) pause();
  }
  printf("%d\n", count);
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (!strcmp(what, "escape")) {
    files(), namespaces(), processes(), sockets(), kernel(), identity(), network(), mounts();
    printf("end\n");
  } else if (!strcmp(what, "memory")) memory();
  else if (!strcmp(what, "hidden")) hidden();
  else if (!strcmp(what, "flood")) flood();
  else if (!strcmp(what, "forks")) forks();
  else if (!strcmp(what, "leave")) leave();
  else if (!strcmp(what, "look")) look();
  else if (!strcmp(what, "sleep")) for (;;) pause();
  else if (!strcmp(what, "spin")) for (;;) ;
  else return 2;
  return 0;
}
