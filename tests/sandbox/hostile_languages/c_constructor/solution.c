#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

__attribute__((constructor)) static void first(void) {
  printf("%d %d\n", (int)getpid(), access("/box/solution.c", F_OK));
  exit(0);
}
int main(void) { return 1; }
