#include <stdio.h>
#include <unistd.h>

int main(void) {
  int count = 0;
  for (pid_t child; (child = fork()) >= 0; count++)
    if (child == 0) _exit(0);
  printf("refused after %d\n", count);
}
