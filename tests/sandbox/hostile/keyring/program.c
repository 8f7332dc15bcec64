#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void) {
  char line[256];
  int seen = 0;
  FILE *keys = fopen("/proc/keys", "r");
  while (keys && fgets(line, sizeof line, keys)) seen++;
  printf("%s %s %s %d\n", syscall(SYS_add_key, "user", "message", "x", 1, -3) < 0 ? "refused" : "added",
         syscall(SYS_request_key, "user", "message", NULL, -3) < 0 ? "refused" : "found",
         syscall(SYS_keyctl, 0, -3, 1) < 0 ? "refused" : "asked", seen);
}
