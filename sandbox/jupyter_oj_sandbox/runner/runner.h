/* The runner: PID 1 of a sandbox container. It takes one client at a time on a unix socket, keeps one jail standing
 * by, and lets each RUN have a fresh one. README.md has the theory of operation, ../protocol.py the client's half.
 *
 *   main.c     start, accept loop, dispatch          root.c    the clean root that all jails inherit
 *   frame.c    framed messages on the socket         jail.c    one jail as the runner sees it: clone, id maps, end
 *   box.c      LOAD and CLEAR of /box                init.c    ... from within: mounts, the program's end
 *   run.c      one RUN: limits, pipes, clocks        program.c the last steps of a program before exec
 *   collect.c  files brought out of /scratch         filter.c  the seccomp filter of the program
 *   cpu.c      CPU time of a jail while it runs      pass.c    descriptors handed on
 *   warm.c     starts warm interpreters, has them clone jails
 *   ahead.c    reads the image's files ahead
 *
 * and, with init.c, program.c, filter.c, pass.c and cpu.c the library that is preloaded into an interpreter:
 *   zygote.c   stops it before its program, clones   pages.c   the pages a program shall have of its own
 *   prepare.py imports heavy modules ahead
 */
#ifndef OJ_RUNNER_H
#define OJ_RUNNER_H

#define _GNU_SOURCE
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PROTOCOL_VERSION 2

/* A frame is two little-endian words, kind and size of what follows. */
struct frame {
  uint32_t kind;
  uint32_t size;
};

enum kind {
  K_PING = 1,     /* -> K_PONG, u32 protocol version */
  K_CLEAR = 2,    /* empty /box, or, with a name, take that file out -> K_OK */
  K_LOAD = 3,     /* struct load, name, content -> K_OK */
  /* struct run, strings; carries the descriptor of stdin, and that of stdout where the output does not come to us
     -> K_STDOUT* K_STDERR* K_FILE* K_NAMED* K_RESULT */
  K_RUN = 4,
  K_KILL = 5,     /* while a run is on: u32 reason of enum stop; ignored when there is none */
  K_SHUTDOWN = 6, /* -> K_OK, then the runner exits */
  K_WARM = 7,     /* struct run, strings: start a warm interpreter with this command in the place `flags` -> K_WARMED */
  K_OK = 64,
  K_PONG = 65,
  K_FAULT = 66, /* u32 errno, text: the sandbox's own fault; the container is to be thrown away */
  K_STDOUT = 67,
  K_STDERR = 68,
  K_FILE = 69, /* u32 index into collect, bytes; several frames of one file follow each other */
  K_RESULT = 70,
  K_NAMED = 71, /* u32 size of a name, the name, bytes of a file that "*" asked for; several frames as with K_FILE */
  K_WARMED = 72 /* u32: KiB it holds for itself, standing by; 0 when this command cannot be kept warm */
};

struct load {
  uint32_t mode; /* enum mode */
  uint32_t name_size;
  uint64_t size;
};

enum mode { M_DATA = 0, M_EXECUTABLE = 1, M_SEED = 2 /* not for /box: every run finds a copy of it in /scratch */ };

/* Followed by argc + envc + collectc strings, each ended by NUL. */
struct run {
  uint32_t argc, envc, collectc;
  uint32_t processes, open_files, scratch_mib, memory_mib, flags;
  uint64_t cpu_us, wall_us, stdout_max, stderr_max, collect_max;
};

/* Bits of `flags`. Places beyond 0 are for warm interpreters; a RUN that names an empty one, or none, is a cold one. */
#define F_STAND 0xffu
#define F_PIPED 0x100u /* of a K_WARM: stdin of the programs will be a pipe, not a file */
#define F_HEAVY 0x200u /* of a K_WARM: its programs import heavy modules: prepare.py */
#define STANDS 5u

enum stop { S_NONE = 0, S_CPU = 1, S_WALL = 2, S_OUTPUT = 3, S_CLIENT = 4 };

struct result {
  uint32_t stop;   /* enum stop: the limit that ended it, if one did */
  int32_t status;  /* as wait(2) gives it; -1 when the jail was killed before the program ended */
  uint32_t found;  /* bit i: collect[i] was a regular file and has been sent */
  uint32_t warm;   /* whether it ran in a warm interpreter */
  uint64_t cpu_us, wall_us, max_rss_kib;
};

#define MAX_REQUEST (192u << 10) /* strings of a RUN and its struct */
#define MAX_NAME 255u
#define MAX_COLLECT 32u
#define MAX_NAMED 256u /* files that "*" may find */
#define MAX_STRINGS 4096u

/* Ids of the container mapped into every jail: its init and, one above, the program. Chosen at random once a container:
 * what the kernel counts for each user (pages in pipes, epoll watches, descriptors in flight) is then no two containers'
 * together. The container's root is in no jail. */
#define LOWEST_ID 10000
#define ID_PAIRS 25000
#define PROGRAM_ID 1000
#define CANNOT_START 126 /* exit code of a program that the kernel refuses to start, as shells have it */

/* The memory shared by the runner and the processes of a jail until exec, or until a warm program begins. */
struct shared {
  int fault;          /* errno of a step that failed */
  char where[64];     /* ... and its name */
  bool begun;         /* the program is about to start: from here on its end is its own doing */
  bool ended;         /* the program has ended with `status` at `ended_us` */
  int status;
  uint64_t ended_us;
  struct run run;     /* the request, then its strings */
  char strings[MAX_REQUEST];
};

/* A jail that stands by: init and program are forked, confined, and wait for `control`. */
struct jail {
  pid_t pid;          /* of its init, as the container sees it; 0: there is none */
  int pidfd, control, out, err, scratch, proc;
  uint32_t scratch_mib;
};

/* A place where a jail stands by: cloned by the runner, or by a warm interpreter of its own. */
struct stand {
  struct jail jail;
  pid_t zygote;       /* 0: none */
  int control;        /* its socket */
};

#define CONTROL 3     /* a jail's and a zygote's end of the socket to the runner */
/* The cgroup namespace only hides names: /proc/self/cgroup would tell slot, container and grader. */
#define NAMESPACES \
  (CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP)

extern struct shared *shared;
extern int box_fd, shared_fd, preload_fd; /* preload_fd: zygote.c as a library, or -1 */
extern int init_id, program_id;

/* frame.c */
void frame_begin(int connection);
bool frame_read(void *into, size_t size);              /* false: the client is gone */
bool frame_header(struct frame *header, int *fds);     /* fds: the two descriptors of a RUN, -1 where there is none */
void close_pair(int *fds);
bool frame_skip(size_t size);
void frame_send(uint32_t kind, const void *head, size_t head_size, const void *body, size_t body_size);
bool frame_flush(void);
void frame_fault(int error, const char *where);

/* ahead.c */
void read_image_ahead(void);

/* root.c */
int make_root(const char *stage);                      /* descriptor of the writable /box; exits on failure */
void give_up_admin(void);

/* box.c */
int box_clear(uint32_t size); /* these two: 0, an errno, or -1 when the client is gone or sent nonsense */
int box_load(uint32_t size);
int box_seed(int scratch); /* 0 or an errno */

/* pass.c */
bool pass(int socket, const void *text, size_t size, const int *fds, size_t count);
bool passed(int socket, void *text, size_t size, int *fds, size_t count); /* fds: -1 where none came */

/* jail.c */
/* False: shared->fault and shared->where say why. */
bool jail_prepare(struct jail *jail, uint32_t scratch_mib, struct stand *from);
bool jail_alive(struct jail *jail);
void jail_destroy(struct jail *jail);

/* init.c, in a jail */
void init_main(int control, int out, int err, uint32_t scratch_mib); /* returns in the program's process, and only there */
void must(bool good, const char *where);
void fail(int error, const char *where) __attribute__((noreturn)); /* note the fault and exit */
bool write_file(const char *name, const char *text);

/* program.c, in a jail */
void program_confine(void);
void program_await(void); /* until a request has come; its limits hold then */
void program_main(void) __attribute__((noreturn));

/* warm.c */
uint32_t warm_start(struct stand *stand, const struct run *request); /* KiB it holds; 0: it cannot be kept warm */
void warm_end(struct stand *stand);
pid_t warm_clone(struct stand *stand, int control, int out, int err, uint32_t scratch_mib, int *pidfd); /* -1, errno */

/* pages.c, in a warm interpreter */
enum pages_of { P_COLD, P_HEAVY }; /* what cold programs have too; what those that import heavy modules have */
bool pages_note(enum pages_of which); /* what is the interpreter's own now, and shall be a program's */
void pages_own(enum pages_of which);

/* filter.c */
void filter_make(void);
int filter_install(void);

/* cpu.c */
uint64_t now_us(void);
struct usage {
  uint64_t cpu_us;     /* of all its processes */
  uint64_t starved_us; /* the longest that one of them was ready and had no core */
};
struct usage usage_of_jail(const struct jail *jail);
unsigned cores(void);

/* collect.c */
void act_as_program(bool begin); /* between the two calls files are opened and made with the program's id */
uint32_t collect_files(int scratch, const char *names, uint32_t count, uint64_t limit, bool *over);

/* run.c */
/* Closes the two descriptors as soon as the program has them. False: the client is gone. */
bool run(struct jail *jail, bool warm, const struct run *request, int *fds, int client);

#endif
