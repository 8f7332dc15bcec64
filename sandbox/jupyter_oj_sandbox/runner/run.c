/* One RUN on a jail that stands by: let it go, drain its pipes, watch its clocks, wait until all of it is dead, answer. */
#include "runner.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define DRAIN_EVERY_US 1000 /* after its first bytes a pipe is looked at this often: fewer switches on a shared core */
#define LOOK_US 5000        /* the clocks of a jail's processes are looked at no more often than this */
#define END_AGAIN_US 20000  /* init is told to end this often ... */
#define END_PATIENCE_US 1000000 /* ... and killed after that, which ends everything too but loses its CPU time */

struct stream {
  int fd;
  uint32_t kind;
  uint64_t left;
  bool over, closed;
};

static bool let_go(const struct jail *jail, const int *fds) { return pass(jail->control, "g", 1, fds, fds[1] < 0 ? 1 : 2); }

/* Reads what is there, at most `rounds` buffers of it; what is above the limit is dropped. */
static void drain(struct stream *s, int rounds) {
  static char piece[64 << 10];
  while (!s->closed && rounds-- > 0) {
    ssize_t n = read(s->fd, piece, sizeof piece);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return;
    if (n == 0) {
      s->closed = true;
      return;
    }
    uint64_t take = (uint64_t)n < s->left ? (uint64_t)n : s->left;
    if (take < (uint64_t)n) s->over = true;
    if (take) frame_send(s->kind, NULL, 0, piece, (size_t)take);
    s->left -= take;
  }
}

/* Microseconds to sleep at most before a clock must be looked at; sets *stop when one has run out. A program that a busy
 * machine kept from its core has that time added to its wall limit, at most once the limit: the fault is not its own. */
static uint64_t watch(const struct jail *jail, const struct run *r, uint64_t started, uint64_t *next_look, unsigned cpus,
                      enum stop *stop) {
  uint64_t now = now_us(), wall = now - started, until = r->wall_us;
  if (wall >= r->wall_us || now >= *next_look) {
    struct usage usage = usage_of_jail(jail);
    until += usage.starved_us < r->wall_us ? usage.starved_us : r->wall_us;
    if (usage.cpu_us > r->cpu_us) *stop = S_CPU;
    else if (wall >= until) *stop = S_WALL;
    if (*stop) return 0;
    uint64_t least = (r->cpu_us - usage.cpu_us) / cpus; /* it cannot have used the rest before */
    *next_look = now + (least > LOOK_US ? least : LOOK_US);
  }
  uint64_t to_look = *next_look - now, left = until > wall ? until - wall : 0;
  if (wall >= r->wall_us && left < LOOK_US) left = LOOK_US;
  return left < to_look ? left : to_look;
}

/* A frame while a run is on: only KILL makes sense. False: the client is gone. */
static bool told_to_stop(enum stop *stop) {
  struct frame header;
  uint32_t reason;
  int fds[2];
  if (!frame_header(&header, fds)) return false;
  close_pair(fds);
  if (header.kind != K_KILL || header.size != sizeof reason || !frame_read(&reason, sizeof reason)) return false;
  *stop = reason == S_CPU || reason == S_WALL ? (enum stop)reason : S_CLIENT;
  return true;
}

/* Until init is dead, and with it everything else. Returns false when the client went away. */
static bool attend(const struct jail *jail, const struct run *r, int client, struct stream *out, struct stream *err,
                   uint64_t started, enum stop *stop) {
  unsigned cpus = cores();
  uint64_t next_look = started + r->cpu_us / cpus + LOOK_US, next_drain = 0;
  uint64_t give_up = 0;
  bool client_here = true;
  for (;;) {
    uint64_t sleep_us = *stop ? 0 : watch(jail, r, started, &next_look, cpus, stop);
    if (out->over && *stop == S_NONE) *stop = S_OUTPUT;
    uint64_t now = now_us();
    if (*stop) {
      if (give_up == 0) give_up = now + END_PATIENCE_US;
      kill(jail->pid, now < give_up ? SIGUSR1 : SIGKILL);
      sleep_us = END_AGAIN_US;
    }
    bool lazy = next_drain > now;
    if (lazy && next_drain - now < sleep_us) sleep_us = next_drain - now;
    struct pollfd fds[4] = {{jail->pidfd, POLLIN, 0},
                            {client_here ? client : -1, POLLIN, 0},
                            {lazy || out->closed ? -1 : out->fd, POLLIN, 0},
                            {lazy || err->closed ? -1 : err->fd, POLLIN, 0}};
    struct timespec timeout = {(time_t)(sleep_us / 1000000), (long)(sleep_us % 1000000) * 1000};
    int ready = ppoll(fds, 4, &timeout, NULL);
    if (ready < 0 && errno != EINTR) return false;
    if (ready > 0 && fds[0].revents) return client_here;
    if (ready > 0 && fds[1].revents && !told_to_stop(stop)) client_here = false, *stop = S_CLIENT;
    if (ready > 0 && (fds[2].revents || fds[3].revents)) {
      drain(out, 8);
      drain(err, 8);
      next_drain = now_us() + DRAIN_EVERY_US;
    }
  }
}

static const char *collect_names(const struct run *r) {
  const char *s = shared->strings;
  for (uint32_t i = 0; i < r->argc + r->envc; i++) s += strlen(s) + 1;
  return s;
}

bool run(struct jail *jail, bool warm, const struct run *r, int *fds, int client) {
  struct stream out = {jail->out, K_STDOUT, r->stdout_max, false, false};
  struct stream err = {jail->err, K_STDERR, r->stderr_max, false, false};
  enum stop stop = S_NONE;
  struct rusage usage;
  int unseeded = box_seed(jail->scratch);
  if (unseeded) {
    frame_fault(unseeded, "files for /scratch");
    return true;
  }
  shared->fault = 0, shared->begun = shared->ended = false; /* several jails may stand by */
  uint64_t started = now_us();
  bool gone = let_go(jail, fds);
  int error = errno;
  close_pair(fds); /* a pipe's other end shall see when the program closes its own */
  if (!gone) {
    frame_fault(error, shared->fault ? shared->where : "the jail that stood by has died");
    return true;
  }
  bool client_here = attend(jail, r, client, &out, &err, started, &stop);
  kill(jail->pid, SIGKILL);
  while (wait4(jail->pid, NULL, 0, &usage) < 0 && errno == EINTR) continue;
  jail->pid = -1;
  if (!client_here) return false;
  if (shared->ended && !shared->begun && shared->fault == 0) { /* the kernel took it for memory, say, while it waited */
    frame_fault(EIO, "the program that stood by has died");
    return true;
  }
  if (shared->fault) {
    frame_fault(shared->fault, shared->where);
    return true;
  }
  drain(&out, 64);
  drain(&err, 64);
  if (out.over && stop == S_NONE) stop = S_OUTPUT;
  struct result result = {.stop = stop, .status = shared->ended ? shared->status : -1, .warm = warm};
  bool over = false;
  if (stop == S_NONE) result.found = collect_files(jail->scratch, collect_names(r), r->collectc, r->collect_max, &over);
  if (over) result.stop = S_OUTPUT;
  result.wall_us = (shared->ended ? shared->ended_us : now_us()) - started;
  result.cpu_us = (uint64_t)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                  (uint64_t)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  result.max_rss_kib = (uint64_t)usage.ru_maxrss;
  frame_send(K_RESULT, &result, sizeof result, NULL, 0);
  return true;
}
