/* /box: the submission's files, written by the runner through a mount that no jail has. */
#include "runner.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int box_clear(void) {
  int fd = openat(box_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return errno;
  DIR *folder = fdopendir(fd);
  if (folder == NULL) return errno;
  int error = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    if (unlinkat(box_fd, entry->d_name, 0) < 0) error = errno;
  }
  closedir(folder);
  return error;
}

static int write_all(int fd, const char *from, size_t size) {
  while (size > 0) {
    ssize_t n = write(fd, from, size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    from += n, size -= (size_t)n;
  }
  return 0;
}

/* 0, an errno (a fault has then been told... by the caller), or -1 when the client is gone or sent nonsense. */
int box_load(uint32_t size) {
  struct load load;
  char name[MAX_NAME + 1];
  static char piece[256 << 10];
  if (size < sizeof load || !frame_read(&load, sizeof load)) return -1;
  if (load.name_size == 0 || load.name_size > MAX_NAME || sizeof load + load.name_size + load.size != size) return -1;
  if (!frame_read(name, load.name_size)) return -1;
  name[load.name_size] = 0;
  if (strlen(name) != load.name_size || strchr(name, '/') || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return -1;
  int fd = openat(box_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  int error = fd < 0 ? errno : 0;
  for (uint64_t left = load.size; left > 0;) {
    size_t part = left < sizeof piece ? (size_t)left : sizeof piece;
    if (!frame_read(piece, part)) {
      if (fd >= 0) close(fd);
      return -1;
    }
    if (error == 0) error = write_all(fd, piece, part);
    left -= part;
  }
  if (error == 0 && fchmod(fd, load.executable ? 0555 : 0444) < 0) error = errno;
  if (fd >= 0) close(fd);
  return error;
}
