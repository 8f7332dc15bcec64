#include <stdlib.h>
#include <unistd.h>

int main(void) {
  for (int i = 0; i < 16; i++)
    if (fork() == 0) break;
  size_t size = 16 << 20;
  volatile char *block = malloc(size);
  for (size_t at = 0; block && at < size; at += 4096) block[at] = 1;
  for (;;) pause();
}
