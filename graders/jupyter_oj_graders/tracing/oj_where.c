/* Tells on standard error where a program is when a signal ends it: each frame but the system's, the innermost first, as
   "at /box/solution.cpp:12". An uncaught exception ends in SIGABRT with the frames that threw it still on the stack. Compiled
   with the program, as C or as C++; frames and lines are read by libbacktrace, which comes with GCC. With OJ_ABORTS only of
   SIGABRT: for a runtime that knows of the other signals itself, such as Rust's, and aborts. */

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef void (*oj_failed)(void *data, const char *message, int number);
typedef int (*oj_frame)(void *data, uintptr_t address, const char *file, int line, const char *function);

struct backtrace_state;
struct backtrace_state *backtrace_create_state(const char *program, int threaded, oj_failed failed, void *data);
int backtrace_full(struct backtrace_state *state, int skip, oj_frame frame, oj_failed failed, void *data);

enum { FRAMES = 64, STACK = 1 << 16, ROOM = 32 << 20 };

static struct backtrace_state *state;
static char stack[STACK]; /* the program's own may be what has overflowed */

static void failed(void *data, const char *message, int number) {
  (void)data;
  (void)message;
  (void)number;
}

static int frame(void *data, uintptr_t address, const char *file, int line, const char *function) {
  int *left = (int *)data;
  char text[512];
  int length;
  (void)address;
  (void)function;
  if (file == 0 || strncmp(file, "/usr/", 5) == 0 || strstr(file, "oj_where.") != 0) return 0;
  length = snprintf(text, sizeof text, "\nat %s:%d", file, line);
  if (length < (int)sizeof text && write(2, text, (size_t)length) != length) return 1;
  return --*left == 0;
}

static void tell(int number) {
  int left = FRAMES;
  backtrace_full(state, 0, frame, failed, &left);
  if (write(2, "\n", 1) != 1) _exit(1);
  raise(number); /* SA_RESETHAND: this time it ends the program, as it would have */
}

__attribute__((constructor)) static void watch(void) {
#ifdef OJ_ABORTS
  static const int numbers[] = {SIGABRT};
#else
  static const int numbers[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
#endif
  stack_t other;
  struct sigaction action;
  struct rlimit limit;
  size_t i;
  /* A stack may grow to the memory limit; overflow it earlier, that there is room for reading the lines. */
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && limit.rlim_cur > 2 * ROOM) {
    limit.rlim_cur -= ROOM;
    syscall(SYS_prlimit64, 0, RLIMIT_STACK, &limit, 0); /* not every link has setrlimit() at hand */
  }
  state = backtrace_create_state(0, 0, failed, 0);
  memset(&other, 0, sizeof other);
  other.ss_sp = stack;
  other.ss_size = sizeof stack;
  sigaltstack(&other, 0);
  memset(&action, 0, sizeof action);
  action.sa_handler = tell;
  action.sa_flags = SA_ONSTACK | (int)SA_RESETHAND;
  for (i = 0; i < sizeof numbers / sizeof *numbers; i++) sigaction(numbers[i], &action, 0);
}

#ifdef __cplusplus
}
#endif
