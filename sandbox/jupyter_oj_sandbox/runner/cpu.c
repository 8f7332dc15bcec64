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

static uint64_t cpu_of_process_us(const char *pid) {
  char name[64], text[1024];
  snprintf(name, sizeof name, "/proc/%.16s/stat", pid);
  int fd = open(name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, text, sizeof text - 1);
  close(fd);
  if (n <= 0) return 0;
  text[n] = 0;
  const char *after = strrchr(text, ')'); /* a process may call itself anything */
  unsigned long long user, system, children_user, children_system;
  if (!after || sscanf(after + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %llu %llu %llu %llu", &user, &system,
                       &children_user, &children_system) != 4)
    return 0;
  uint64_t tick_us = 1000000 / (uint64_t)sysconf(_SC_CLK_TCK);
  return (user + system + children_user + children_system) * tick_us;
}

/* All processes of the container but the runner are the jail's. */
uint64_t cpu_of_jail_us(void) {
  static char space[4096]; /* no allocation while a hostile program may have the memory cgroup at its limit */
  uint64_t sum = 0;
  int fd = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return 0;
  for (ssize_t n; (n = getdents64(fd, space, sizeof space)) > 0;)
    for (ssize_t at = 0; at < n;) {
      struct dirent64 *entry = (struct dirent64 *)(space + at);
      if (isdigit((unsigned char)entry->d_name[0]) && strcmp(entry->d_name, "1") != 0)
        sum += cpu_of_process_us(entry->d_name);
      at += entry->d_reclen;
    }
  close(fd);
  return sum;
}
