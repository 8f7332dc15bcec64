#include <stdio.h>
#include <sys/mman.h>

int main(void) {
  static char block[1 << 16];
  printf("%s %s\n", mlock(block, sizeof block) < 0 ? "refused" : "locked", mlockall(MCL_FUTURE) < 0 ? "refused" : "locked");
}
