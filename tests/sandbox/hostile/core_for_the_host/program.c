#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  static const struct rlimit wanted[] = {{0, 0}, {0, 1}, {2, 2}, {RLIM_INFINITY, RLIM_INFINITY}};
  struct rlimit before, after;
  getrlimit(RLIMIT_CORE, &before);
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    setrlimit(RLIMIT_CORE, &wanted[i]);
    prlimit(0, RLIMIT_CORE, &wanted[i], NULL);
    syscall(SYS_setrlimit, RLIMIT_CORE, &wanted[i]);
    syscall(SYS_prlimit64, getpid(), RLIMIT_CORE | 1ul << 32, &wanted[i], NULL);
  }
  getrlimit(RLIMIT_CORE, &after);
  printf("%lu %lu, then %lu %lu\n", before.rlim_cur, before.rlim_max, after.rlim_cur, after.rlim_max);
  fflush(stdout);
  abort();
}
