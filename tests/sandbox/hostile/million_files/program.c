#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  char name[32];
  for (int i = 0; i < 1000000; i++) {
    snprintf(name, sizeof name, "f%d", i);
    int fd = open(name, O_WRONLY | O_CREAT, 0600);
    if (fd < 0) return printf("refused after %d\n", i), 0;
    close(fd);
  }
  puts("made all of them");
}
