/* The seccomp filter of the program, on top of the container's allow-list. Sorted intervals of syscall numbers become a
 * balanced tree of comparisons: each syscall costs about seven of them, and a short filter is quickly installed. */
#include "runner.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "no seccomp filter for this architecture yet"
#endif

enum verdict { V_ALLOW, V_EPERM, V_ENOSYS, V_CLONE, V_SOCKETPAIR, V_SETRLIMIT, V_PRLIMIT, V_COUNT };

struct rule {
  unsigned nr;
  enum verdict verdict;
};

#define NO(name) {SYS_##name, V_EPERM}

static struct rule rules[] = {
    /* new namespaces; clone3's flags are out of a filter's sight, so that libc falls back to clone */
    {SYS_clone, V_CLONE}, {SYS_clone3, V_ENOSYS}, NO(unshare), NO(setns),
    /* mounts and roots */
    NO(mount), NO(umount2), NO(pivot_root), NO(chroot), NO(swapon), NO(swapoff), NO(open_tree), NO(move_mount),
    NO(fsopen), NO(fsconfig), NO(fsmount), NO(fspick), NO(mount_setattr), NO(name_to_handle_at), NO(open_by_handle_at),
    NO(quotactl), NO(quotactl_fd), NO(acct), NO(fanotify_init), NO(fanotify_mark), NO(lookup_dcookie), NO(nfsservctl),
    /* other processes */
    NO(ptrace), NO(process_vm_readv), NO(process_vm_writev), NO(kcmp), NO(pidfd_getfd), NO(process_madvise),
    NO(migrate_pages), NO(move_pages), NO(mbind), NO(sched_setaffinity),
    /* the container's network namespace outlives a run: no socket that has a name, only pairs */
    NO(socket), NO(connect), NO(accept), NO(accept4), NO(bind), NO(listen), {SYS_socketpair, V_SOCKETPAIR},
    /* device nodes are the host's own inodes: whoever watches them sees what the whole machine does with them */
    {SYS_inotify_init1, V_ENOSYS}, NO(inotify_add_watch),
    /* RLIMIT_CORE stays as program.c has set it */
    {SYS_setrlimit, V_SETRLIMIT}, {SYS_prlimit64, V_PRLIMIT},
    /* large or odd parts of the kernel */
    NO(add_key), NO(request_key), NO(keyctl), NO(bpf), NO(perf_event_open), NO(userfaultfd), NO(memfd_secret),
    {SYS_io_uring_setup, V_ENOSYS}, {SYS_io_uring_enter, V_ENOSYS}, {SYS_io_uring_register, V_ENOSYS}, NO(personality),
    /* the machine */
    NO(kexec_load), NO(kexec_file_load), NO(init_module), NO(finit_module), NO(delete_module), NO(reboot), NO(syslog),
    NO(sethostname), NO(setdomainname), NO(settimeofday), NO(clock_settime), NO(adjtimex), NO(clock_adjtime), NO(vhangup),
#if defined(__x86_64__)
    NO(iopl), NO(ioperm), NO(modify_ldt), NO(uselib), NO(ustat), NO(sysfs), NO(_sysctl), NO(create_module),
    NO(get_kernel_syms), NO(query_module), {SYS_inotify_init, V_ENOSYS},
#endif
};

#define RULES (sizeof rules / sizeof *rules)

static struct {
  unsigned first; /* this number and those up to the next interval */
  enum verdict verdict;
} intervals[2 * RULES + 2];
static size_t interval_count;

static struct sock_filter code[256];
static struct sock_fprog program = {0, code};
static struct { int yes, no; } targets[256]; /* of jumps in the tree: an index, or -1 - verdict */

static int by_number(const void *a, const void *b) {
  unsigned x = ((const struct rule *)a)->nr, y = ((const struct rule *)b)->nr;
  return x < y ? -1 : x > y;
}

static void add_interval(unsigned first, enum verdict verdict) {
  if (interval_count && intervals[interval_count - 1].verdict == verdict) return;
  if (interval_count && intervals[interval_count - 1].first == first) interval_count--;
  intervals[interval_count].first = first;
  intervals[interval_count++].verdict = verdict;
}

static void make_intervals(void) {
  qsort(rules, RULES, sizeof *rules, by_number);
  add_interval(0, V_ALLOW);
  for (size_t i = 0; i < RULES; i++) {
    add_interval(rules[i].nr, rules[i].verdict);
    if (i + 1 == RULES || rules[i + 1].nr != rules[i].nr + 1) add_interval(rules[i].nr + 1, V_ALLOW);
  }
}

static int put(uint16_t op, uint8_t yes, uint8_t no, uint32_t k) {
  if (program.len >= 240) abort(); /* jumps have eight bits; a longer table needs another tree */
  code[program.len] = (struct sock_filter){op, yes, no, k};
  return program.len++;
}

static int tree(size_t from, size_t to) {
  if (to - from == 1) return -1 - (int)intervals[from].verdict;
  size_t middle = from + (to - from) / 2;
  int at = put(BPF_JMP | BPF_JGE | BPF_K, 0, 0, intervals[middle].first);
  targets[at].no = tree(from, middle);
  targets[at].yes = tree(middle, to);
  return at;
}

static uint32_t low_word(int argument) { return (uint32_t)(offsetof(struct seccomp_data, args) + 8 * (size_t)argument); }

/* SECCOMP_RET_DATA is the errno. */
static int answer(uint32_t value) { return put(BPF_RET | BPF_K, 0, 0, value); }

void filter_make(void) {
  const uint32_t namespaces =
      CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;
  int at[V_COUNT];
  make_intervals();
  put(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, arch));
  put(BPF_JMP | BPF_JEQ | BPF_K, 1, 0, ARCH);
  answer(SECCOMP_RET_KILL_PROCESS);
  put(BPF_LD | BPF_W | BPF_ABS, 0, 0, offsetof(struct seccomp_data, nr));
#ifdef X32_BIT
  put(BPF_JMP | BPF_JGE | BPF_K, 0, 1, X32_BIT);
  answer(SECCOMP_RET_KILL_PROCESS);
#endif
  int first = program.len;
  tree(0, interval_count);
  int end = program.len;
  at[V_PRLIMIT] = put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(1));
  put(BPF_JMP | BPF_JEQ | BPF_K, 0, 10, RLIMIT_CORE);
  put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(2)); /* the new limits: NULL only asks */
  put(BPF_JMP | BPF_JEQ | BPF_K, 0, 9, 0);
  put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(2) + 4);
  put(BPF_JMP | BPF_JEQ | BPF_K, 6, 7, 0);
  at[V_SETRLIMIT] = put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(0));
  put(BPF_JMP | BPF_JEQ | BPF_K, 5, 4, RLIMIT_CORE);
  at[V_CLONE] = put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(0));
  put(BPF_JMP | BPF_JSET | BPF_K, 3, 2, namespaces);
  at[V_SOCKETPAIR] = put(BPF_LD | BPF_W | BPF_ABS, 0, 0, low_word(0));
  put(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, AF_UNIX);
  at[V_ALLOW] = answer(SECCOMP_RET_ALLOW);
  at[V_EPERM] = answer(SECCOMP_RET_ERRNO | EPERM);
  at[V_ENOSYS] = answer(SECCOMP_RET_ERRNO | ENOSYS);
  for (int i = first; i < end; i++) {
    int yes = targets[i].yes < 0 ? at[-1 - targets[i].yes] : targets[i].yes;
    int no = targets[i].no < 0 ? at[-1 - targets[i].no] : targets[i].no;
    code[i].jt = (uint8_t)(yes - i - 1), code[i].jf = (uint8_t)(no - i - 1);
  }
}

int filter_install(void) { return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program); }
