/* Start, accept loop, dispatch. */
#include "runner.h"

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
int box_fd;
int init_id, program_id;

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

static int listen_at(const char *path) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  if (strlen(path) >= sizeof address.sun_path) errno = ENAMETOOLONG, die(path);
  strcpy(address.sun_path, path);
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) die("socket");
  unlink(path);
  umask(0077);
  if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 4) < 0) die(path);
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

/* Makes the jail of the next run while the client looks at the last one, with the same size of scratch. */
static void stand_by(struct jail *jail) {
  if (jail->pid == 0 && jail->scratch_mib != 0) jail_prepare(jail, jail->scratch_mib);
}

static bool on_run(struct jail *jail, int client, uint32_t size, int *fds) {
  if (fds[0] < 0 || !read_request(size)) return false;
  if (jail->pid != 0 && (jail->scratch_mib != shared->run.scratch_mib || !jail_alive(jail))) jail_destroy(jail);
  if (jail->pid == 0 && !jail_prepare(jail, shared->run.scratch_mib)) {
    frame_fault(shared->fault, shared->where);
    return frame_flush();
  }
  bool alive = run(jail, &shared->run, fds, client);
  jail_destroy(jail);
  return alive;
}

static bool dispatch(struct jail *jail, int client, const struct frame *header, int *fds) {
  const uint32_t version = PROTOCOL_VERSION;
  int error = 0;
  switch (header->kind) {
    case K_PING:
      frame_send(K_PONG, &version, sizeof version, NULL, 0);
      break;
    case K_CLEAR:
      error = box_clear();
      frame_send(K_OK, NULL, 0, NULL, 0);
      break;
    case K_LOAD:
      error = box_load(header->size);
      if (error < 0) return false;
      if (error == 0) frame_send(K_OK, NULL, 0, NULL, 0);
      break;
    case K_RUN:
      return on_run(jail, client, header->size, fds);
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

static void serve(struct jail *jail, int connection) {
  struct frame header;
  int fds[2];
  frame_begin(connection);
  for (;;) {
    stand_by(jail);
    if (!frame_header(&header, fds)) break;
    bool alive = dispatch(jail, connection, &header, fds) && frame_flush();
    close_pair(fds);
    if (!alive) break;
  }
  close(connection);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: runner SOCKET\n");
    return 2;
  }
  if (signal(SIGPIPE, SIG_IGN) == SIG_ERR || signal(SIGTERM, on_term) == SIG_ERR) die("signal");
  shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) die("mmap");
  int listener = listen_at(argv[1]);
  char stage[108];
  strcpy(stage, argv[1]);
  char *slash = strrchr(stage, '/');
  if (slash == NULL || slash == stage) errno = EINVAL, die(argv[1]);
  *slash = 0;
  choose_ids();
  box_fd = make_root(stage);
  give_up_admin();
  filter_make();
  struct jail jail = {.scratch_mib = 64};
  for (bool served = false;; served = true) {
    /* Not before somebody has come: until then the runner may still be on its way into its cgroup. */
    if (served) stand_by(&jail);
    int connection = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (connection < 0) {
      if (errno != EINTR && errno != ECONNABORTED) die("accept");
      continue;
    }
    serve(&jail, connection);
  }
}
