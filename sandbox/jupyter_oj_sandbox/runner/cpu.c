/* Clocks. CPU time of a jail while it runs: user and system time of every process that is alive and of the children they
 * have waited for. What a program hides by ignoring SIGCHLD is seen by the client, in the CPU cgroup. */
#include "runner.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint64_t now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000;
}

unsigned cores(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) < 0) return 64;
  int count = CPU_COUNT(&set);
  return count > 0 ? (unsigned)count : 1;
}

/* Reads a file of <proc>/<pid> as text; "" when the process is gone. */
static const char *text_of(int proc, const char *pid, const char *file) {
  static char name[64], text[1024]; /* no allocation while a hostile program may have the cgroup at its limit */
  snprintf(name, sizeof name, "%.16s/%s", pid, file);
  int fd = openat(proc, name, O_RDONLY | O_CLOEXEC);
  ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
  if (fd >= 0) close(fd);
  text[n > 0 ? n : 0] = 0;
  return text;
}

static uint64_t cpu_us(int proc, const char *pid) {
  const char *after = strrchr(text_of(proc, pid, "stat"), ')'); /* a process may call itself anything */
  unsigned long long user, system, children_user, children_system;
  if (!after || sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu", &user, &system,
                       &children_user, &children_system) != 4)
    return 0;
  uint64_t tick_us = 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
  return (user + system + children_user + children_system) * tick_us;
}

/* Time in which the first thread could have run and had no core. */
static uint64_t starved_us(int proc, const char *pid) {
  unsigned long long waited_ns = 0;
  return sscanf(text_of(proc, pid, "schedstat"), "%*u %llu", &waited_ns) == 1 ? waited_ns / 1000 : 0;
}

struct usage usage_of_jail(const struct jail *jail) {
  static char space[4096];
  struct usage usage = {0, 0};
  if (lseek(jail->proc, 0, SEEK_SET) < 0) return usage;
  for (ssize_t n; (n = getdents64(jail->proc, space, sizeof space)) > 0;)
    for (ssize_t at = 0; at < n;) {
      struct dirent64 *entry = (struct dirent64 *)(space + at);
      if (isdigit((unsigned char)entry->d_name[0]) && strcmp(entry->d_name, "1") != 0) {
        uint64_t starved = starved_us(jail->proc, entry->d_name);
        usage.cpu_us += cpu_us(jail->proc, entry->d_name);
        if (starved > usage.starved_us) usage.starved_us = starved;
      }
      at += entry->d_reclen;
    }
  return usage;
}
