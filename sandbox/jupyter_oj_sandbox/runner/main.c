/* Start, accept loop, dispatch. */
#include "runner.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct shared *shared;
int box_fd, shared_fd, preload_fd;
int init_id, program_id;

static struct stand stands[STANDS]; /* the first is cold */
static struct stand *next = stands; /* what the last run was, and so probably the next */

static void die(const char *what) {
  fprintf(stderr, "runner: %s: %s\n", what, strerror(errno));
  exit(1);
}

static void on_term(int signal) {
  (void)signal;
  _exit(0); /* PID 1: the kernel kills the rest */
}

static void choose_ids(void) {
  uint32_t number;
  if (getrandom(&number, sizeof number, 0) != sizeof number) die("getrandom");
  init_id = LOWEST_ID + 2 * (int)(number % ID_PAIRS);
  program_id = init_id + 1;
}

/* The socket gets its name when it listens: whoever sees it there can connect. */
static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t size = sizeof address.sun_path;
  if ((size_t)snprintf(address.sun_path, size, "%s+", path) >= size) errno = ENAMETOOLONG, die(path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) die("socket");
  unlink(address.sun_path);
  umask(0077);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 4) < 0) die(path);
  if (rename(address.sun_path, path) < 0) die(path);
  return fd;
}

/* Reads the strings of a RUN into the shared memory. False: the client is gone or sent nonsense. */
static bool read_request(uint32_t size) {
  struct run *r = &shared->run;
  if (size < sizeof *r || size - sizeof *r >= MAX_REQUEST) return false;
  uint32_t strings = size - sizeof *r;
  if (!frame_read(r, sizeof *r) || !frame_read(shared->strings, strings)) return false;
  if (r->argc == 0 || r->argc > MAX_STRINGS || r->envc > MAX_STRINGS || r->collectc > MAX_COLLECT) return false;
  uint32_t ends = 0;
  for (uint32_t i = 0; i < strings; i++) ends += shared->strings[i] == 0;
  return ends == r->argc + r->envc + r->collectc && shared->strings[strings - 1] == 0;
}

/* Makes the jail of the next run while the client looks at the last one: of the same kind, with the same size of scratch. */
static void stand_by(void) {
  if (next->zygote == 0) next = stands;
  struct jail *jail = &next->jail;
  if (jail->pid == 0 && jail->scratch_mib != 0) jail_prepare(jail, jail->scratch_mib, next);
}

/* Where a program runs: in a jail of the warm interpreter that is asked for if it is still there, else in a cold one. */
static bool take_jail(uint32_t scratch_mib) {
  uint32_t number = shared->run.flags & F_STAND;
  next = &stands[number < STANDS && stands[number].zygote ? number : 0];
  for (;;) {
    struct jail *jail = &next->jail;
    if (jail->pid != 0 && (jail->scratch_mib != scratch_mib || !jail_alive(jail))) jail_destroy(jail);
    if (jail->pid != 0 || jail_prepare(jail, scratch_mib, next)) return true;
    if (next == stands) return false;
    warm_end(next);
    next = stands;
  }
}

static bool on_run(int client, uint32_t size, int *fds) {
  if (fds[0] < 0 || !read_request(size)) return false;
  if (!take_jail(shared->run.scratch_mib)) {
    frame_fault(shared->fault, shared->where);
    return frame_flush();
  }
  bool alive = run(&next->jail, next != stands, &shared->run, fds, client);
  jail_destroy(&next->jail);
  return alive;
}

static bool on_warm(uint32_t size) {
  if (!read_request(size)) return false;
  uint32_t number = shared->run.flags & F_STAND;
  if (number == 0 || number >= STANDS) return false;
  uint32_t held_kib = warm_start(&stands[number], &shared->run);
  frame_send(K_WARMED, &held_kib, sizeof held_kib, NULL, 0);
  return true;
}

static bool dispatch(int client, const struct frame *header, int *fds) {
  const uint32_t version = PROTOCOL_VERSION;
  int error = 0;
  switch (header->kind) {
    case K_PING:
      frame_send(K_PONG, &version, sizeof version, NULL, 0);
      break;
    case K_CLEAR:
      error = box_clear(header->size);
      if (error < 0) return false;
      if (error == 0) frame_send(K_OK, NULL, 0, NULL, 0);
      break;
    case K_LOAD:
      error = box_load(header->size);
      if (error < 0) return false;
      if (error == 0) frame_send(K_OK, NULL, 0, NULL, 0);
      break;
    case K_RUN:
      return on_run(client, header->size, fds);
    case K_WARM:
      return on_warm(header->size);
    case K_KILL: /* it crossed the result on its way */
      return frame_skip(header->size);
    case K_SHUTDOWN:
      frame_send(K_OK, NULL, 0, NULL, 0);
      frame_flush();
      exit(0);
    default:
      return false;
  }
  if (error > 0) frame_fault(error, "box");
  return true;
}

static void serve(int connection) {
  struct frame header;
  int fds[2];
  frame_begin(connection);
  for (;;) {
    stand_by();
    if (!frame_header(&header, fds)) break;
    bool alive = dispatch(connection, &header, fds) && frame_flush();
    close_pair(fds);
    if (!alive) break;
  }
  close(connection);
}

int main(int argc, char **argv) {
  if (argc != 2 && argc != 3) {
    fprintf(stderr, "usage: runner SOCKET [LIBRARY]\n");
    return 2;
  }
  if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || signal(SIGTERM, on_term) == SIG_ERR) die("signal");
  shared_fd = memfd_create("request", MFD_CLOEXEC);
  if (shared_fd < 0 || ftruncate(shared_fd, sizeof *shared) < 0) die("memfd");
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, shared_fd, 0);
  if (shared == MAP_FAILED) die("mmap");
  preload_fd = argc == 3 ? open(argv[2], O_RDONLY | O_CLOEXEC) : -1;
  read_image_ahead();
  int listener = listen_at(argv[1]); /* from here on the host moves us into our cgroup */
  char stage[108];
  strcpy(stage, argv[1]);
  char *slash = strrchr(stage, '/');
  if (slash == NULL || slash == stage) errno = EINVAL, die(argv[1]);
  *slash = 0;
  choose_ids();
  box_fd = make_root(stage);
  give_up_admin();
  filter_make();
  stands[0].jail.scratch_mib = 64;
  for (bool served = false;; served = true) {
    /* Not before somebody has come: until then the runner may still be on its way into its cgroup. */
    if (served) stand_by();
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) {
      if (errno != EINTR && errno != ECONNABORTED) die("accept");
      continue;
    }
    serve(connection);
  }
}
