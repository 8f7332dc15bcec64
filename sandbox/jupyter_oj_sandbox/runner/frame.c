/* Framed messages. Replies gather in one buffer, so that an ordinary run answers with one system call. */
#include "runner.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int peer;
static bool broken;
static char outgoing[128 << 10];
static size_t pending;
static char incoming[64 << 10];
static size_t in_at, in_end;

void frame_begin(int connection) {
  peer = connection;
  broken = false;
  pending = in_at = in_end = 0;
}

static bool send_all(const char *from, size_t size) {
  while (size > 0 && !broken) {
    ssize_t n = send(peer, from, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) broken = true;
    else from += n, size -= (size_t)n;
  }
  return !broken;
}

bool frame_flush(void) {
  size_t size = pending;
  pending = 0;
  return send_all(outgoing, size);
}

static void put(const void *from, size_t size) {
  if (size > sizeof outgoing - pending) frame_flush();
  if (size > sizeof outgoing) {
    send_all(from, size);
    return;
  }
  memcpy(outgoing + pending, from, size);
  pending += size;
}

void frame_send(uint32_t kind, const void *head, size_t head_size, const void *body, size_t body_size) {
  struct frame header = {kind, (uint32_t)(head_size + body_size)};
  put(&header, sizeof header);
  if (head_size) put(head, head_size);
  if (body_size) put(body, body_size);
}

void frame_fault(int error, const char *where) {
  uint32_t code = (uint32_t)error;
  frame_send(K_FAULT, &code, sizeof code, where, strlen(where));
}

/* Closes what is open of the descriptors of a RUN: stdin, and stdout where it is not a pipe of ours. */
void close_pair(int *fds) {
  for (int i = 0; i < 2; i++)
    if (fds[i] >= 0) close(fds[i]), fds[i] = -1;
}

/* One recvmsg; descriptors that came along, one or two, replace fds. */
static ssize_t receive(void *into, size_t size, int *fds) {
  union {
    struct cmsghdr align;
    char space[CMSG_SPACE(2 * sizeof(int))];
  } control;
  struct iovec part = {into, size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  ssize_t n;
  do n = recvmsg(peer, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  struct cmsghdr *c = n > 0 ? CMSG_FIRSTHDR(&message) : NULL;
  if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) {
    close_pair(fds);
    memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0)); /* one or two: there is no room for more */
  }
  return n;
}

/* Reads exactly `size` bytes; small pieces through the buffer, large ones straight to their place. */
static bool read_with(void *into, size_t size, int *fds) {
  char *to = into;
  while (size > 0) {
    if (in_at == in_end && size >= sizeof incoming) {
      ssize_t n = receive(to, size, fds);
      if (n <= 0) return false;
      to += n, size -= (size_t)n;
      continue;
    }
    if (in_at == in_end) {
      ssize_t n = receive(incoming, sizeof incoming, fds);
      if (n <= 0) return false;
      in_at = 0, in_end = (size_t)n;
    }
    size_t part = in_end - in_at < size ? in_end - in_at : size;
    memcpy(to, incoming + in_at, part);
    in_at += part, to += part, size -= part;
  }
  return true;
}

/* A descriptor is sent with the first byte of its frame. The kernel never joins bytes before a descriptor's message with
 * it in one recvmsg when that would mix two sets of descriptors; it may join them when only one is there, so that one
 * that arrives early is kept for the next RUN. */
static int kept[2] = {-1, -1};

bool frame_read(void *into, size_t size) { return read_with(into, size, kept); }

bool frame_header(struct frame *header, int *fds) {
  fds[0] = fds[1] = -1;
  if (!read_with(header, sizeof *header, kept)) {
    close_pair(kept);
    return false;
  }
  if (header->kind == K_RUN) {
    memcpy(fds, kept, sizeof kept);
    kept[0] = kept[1] = -1;
  }
  return true;
}

bool frame_skip(size_t size) {
  char scrap[4096];
  while (size > 0) {
    size_t part = size < sizeof scrap ? size : sizeof scrap;
    if (!frame_read(scrap, part)) return false;
    size -= part;
  }
  return true;
}
