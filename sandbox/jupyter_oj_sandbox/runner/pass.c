/* Descriptors handed from process to process with a short message, over sockets that keep messages apart. */
#include "runner.h"

#include <string.h>
#include <sys/socket.h>

#define MOST 3

bool pass(int socket, const void *text, size_t size, const int *fds, size_t count) {
  union {
    struct cmsghdr align;
    char space[CMSG_SPACE(MOST * sizeof(int))];
  } ancillary;
  struct iovec part = {(void *)(uintptr_t)text, size};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (count > 0) {
    message.msg_control = &ancillary, message.msg_controllen = CMSG_SPACE(count * sizeof(int));
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    c->cmsg_level = SOL_SOCKET, c->cmsg_type = SCM_RIGHTS, c->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(c), fds, count * sizeof(int));
  }
  return sendmsg(socket, &message, MSG_NOSIGNAL) == (ssize_t)size;
}

bool passed(int socket, void *text, size_t size, int *fds, size_t count) {
  union {
    struct cmsghdr align;
    char space[CMSG_SPACE(MOST * sizeof(int))];
  } ancillary;
  struct iovec part = {text, size};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &ancillary, .msg_controllen = CMSG_SPACE(count * sizeof(int))};
  for (size_t i = 0; i < count; i++) fds[i] = -1;
  ssize_t n;
  do n = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  if (n >= 0 && n != (ssize_t)size) errno = ECONNRESET;
  if (n != (ssize_t)size) return false;
  struct cmsghdr *c = CMSG_FIRSTHDR(&message);
  if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) memcpy(fds, CMSG_DATA(c), c->cmsg_len - CMSG_LEN(0));
  return true;
}
