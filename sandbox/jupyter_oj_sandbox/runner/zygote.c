/* What runs in a warm interpreter: a library preloaded into the image's own python3, which was started with the very
 * command that the programs are run with. An audit hook, called by the interpreter when all of it is initialised and no
 * frame is on its stack, right before it would open the program, keeps it there and clones jails from it. In a jail's
 * program the hook returns, and the interpreter goes on to open and run the program as it does without us. */
#include "runner.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHARED 4
#define LIBRARY 5

/* What we use of Python's C interface. Its headers are not needed, nor its version. */
typedef struct object PyObject;
extern int PySys_AddAuditHook(int (*hook)(const char *, PyObject *, void *), void *data);
extern PyObject *PyDict_New(void);
extern PyObject *PyEval_GetBuiltins(void);
extern int PyDict_SetItemString(PyObject *, const char *, PyObject *);
extern PyObject *PyDict_GetItemString(PyObject *, const char *);
extern int PyDict_DelItemString(PyObject *, const char *);
extern ptrdiff_t PyList_Size(PyObject *);
extern PyObject *PyList_GetItem(PyObject *, ptrdiff_t);
extern PyObject *Py_CompileString(const char *, const char *, int);
extern PyObject *PyEval_EvalCode(PyObject *, PyObject *, PyObject *);
extern PyObject *PyObject_CallFunction(PyObject *, const char *, ...);
extern PyObject *Py_BuildValue(const char *, ...);
extern PyObject *PyCFunction_NewEx(void *, PyObject *, PyObject *);
extern int PyObject_GC_IsTracked(PyObject *);
extern void PyObject_GC_UnTrack(void *);
extern void PyObject_GC_Track(void *);
extern void PyOS_BeforeFork(void);
extern void PyOS_AfterFork_Parent(void);
extern void PyOS_AfterFork_Child(void);
#define FILE_INPUT 257
#define NO_ARGUMENTS 4

struct shared *shared;
static uint64_t own_command;

extern const char prepare_py[];
__asm__(".pushsection .rodata\n.globl prepare_py\n.hidden prepare_py\nprepare_py:\n.incbin \"prepare.py\"\n.byte 0\n.popsection");

static PyObject *names; /* of prepare.py */

/* prepare.py has frozen all objects for the garbage collector. Those that a cold interpreter has as well it shall know as
 * that does: back to the youngest generation with them. */
static void thaw(PyObject *objects) {
  for (ptrdiff_t i = 0; objects && i < PyList_Size(objects); i++) {
    PyObject *object = PyList_GetItem(objects, i);
    if (!PyObject_GC_IsTracked(object)) continue;
    PyObject_GC_UnTrack(object);
    PyObject_GC_Track(object);
  }
}

static PyObject *own_pages(PyObject *self, PyObject *arguments) {
  (void)self, (void)arguments;
  pages_own(P_HEAVY);
  return Py_BuildValue("");
}

static struct {
  const char *name;
  PyObject *(*function)(PyObject *, PyObject *);
  int flags;
  const char *doc;
} method = {"own_pages", own_pages, NO_ARGUMENTS, NULL};

static void prepare(void) {
  names = PyDict_New();
  if (!names || PyDict_SetItemString(names, "__builtins__", PyEval_GetBuiltins()) < 0 ||
      PyDict_SetItemString(names, method.name, PyCFunction_NewEx(&method, NULL, NULL)) < 0)
    _exit(1);
  PyObject *code = Py_CompileString(prepare_py, "<frozen importlib._bootstrap>", FILE_INPUT);
  if (!code || PyEval_EvalCode(code, names, names) == NULL) _exit(1);
  thaw(PyDict_GetItemString(names, "base"));
  if (PyDict_DelItemString(names, "base") < 0) _exit(1);
}

/* prepare.py's part in a program, where it was run. */
static void ready(void) {
  if (names && PyObject_CallFunction(PyDict_GetItemString(names, "ready"), NULL) == NULL) fail(EIO, "ready");
}

/* Of the arguments and variables in the shared memory (FNV-1a). */
static uint64_t command(void) {
  const struct run *r = &shared->run;
  uint64_t sum = 14695981039346656037u;
  const char *s = shared->strings;
  for (uint32_t i = 0; i < r->argc + r->envc; s++) {
    sum = (sum ^ (unsigned char)*s) * 1099511628211u;
    if (*s == 0) i++;
  }
  return sum;
}

/* glibc took the default size of thread stacks from RLIMIT_STACK when the interpreter started. */
static void size_thread_stacks(void) {
  struct rlimit stack;
  pthread_attr_t attributes;
  must(getrlimit(RLIMIT_STACK, &stack) == 0 && pthread_getattr_default_np(&attributes) == 0 &&
           pthread_attr_setstacksize(&attributes, stack.rlim_cur) == 0 && pthread_setattr_default_np(&attributes) == 0,
       "thread stacks");
}

static void become_program(void) {
  PyOS_AfterFork_Child();
  program_confine();
  program_await();
  if (command() != own_command) fail(EINVAL, "a warm interpreter of another command");
  pages_own(P_COLD);
  size_thread_stacks();
  ready();
  must(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0) == 0, "dumpable"); /* else /proc/self is not the program's own */
  if (munmap(shared, sizeof *shared) < 0) _exit(1);
  shared = NULL;
}

/* Clones a jail for each request. Returns in the programs, and only there. */
static void serve(void) {
  uint32_t scratch_mib;
  int fds[3];
  if (!pass(CONTROL, "r", 1, NULL, 0)) _exit(1);
  while (passed(CONTROL, &scratch_mib, sizeof scratch_mib, fds, 3)) {
    int pidfd = -1;
    PyOS_BeforeFork();
    /* The runner is to be the parent of the jail's init: it waits for it, and gets its times. */
    int32_t pid =
        (int32_t)syscall(SYS_clone, (unsigned long)(NAMESPACES | CLONE_PARENT | CLONE_PIDFD | SIGCHLD), 0, &pidfd, 0, 0);
    if (pid == 0) {
      init_main(fds[0], fds[1], fds[2], scratch_mib);
      become_program();
      return;
    }
    PyOS_AfterFork_Parent();
    for (int i = 0; i < 3; i++) close(fds[i]);
    bool told = pass(CONTROL, &pid, sizeof pid, &pidfd, pid > 0 ? 1 : 0);
    if (pidfd >= 0) close(pidfd);
    if (!told) break;
  }
  _exit(0);
}

static int on_event(const char *event, PyObject *arguments, void *data) {
  static bool begun;
  (void)arguments, (void)data;
  if (begun || strncmp(event, "cpython.run_", 12) != 0) return 0;
  begun = true;
  filter_make();
  if (!pages_note(P_COLD)) _exit(1);
  if (shared->run.flags & F_HEAVY) {
    prepare();
    if (!pages_note(P_HEAVY)) _exit(1);
  }
  serve();
  return 0;
}

/* Takes the variable that named us out of the environment, before Python or the program sees it. */
static bool forget_preload(void) {
  for (char **variable = environ; *variable; variable++) {
    if (strncmp(*variable, "LD_PRELOAD=", 11) != 0) continue;
    memset(*variable, 0, strlen(*variable));
    *variable = NULL; /* it is the last */
    return true;
  }
  return false;
}

__attribute__((constructor)) static void begin(void) {
  if (!forget_preload()) return;
  close(LIBRARY);
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, SHARED, 0);
  if (shared == MAP_FAILED || close(SHARED) < 0) _exit(1);
  own_command = command();
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) < 0 || PySys_AddAuditHook(on_event, NULL) < 0) _exit(1);
}
