#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void *wait_here(void *nothing) {
  for (;;) pause();
  return nothing;
}

int main(void) {
  pthread_t thread;
  int count = 0;
  while (pthread_create(&thread, NULL, wait_here, NULL) == 0) count++;
  printf("refused after %d\n", count);
  fflush(stdout);
  _exit(0);
}
