/* /box: the submission's files, written by the runner through a mount that no jail has; among them the seeds of
 * /scratch, whose names have a mark before them. */
#include "runner.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEED_MARK '+'

static uint32_t seeds;

static bool plain(const char *name) { return *name && !strchr(name, '/') && strcmp(name, ".") && strcmp(name, ".."); }

static int take_out(uint32_t size) {
  char name[MAX_NAME + 2];
  if (size >= sizeof name || !frame_read(name, size)) return -1;
  name[size] = 0;
  if (strlen(name) != size || !plain(name)) return -1;
  return unlinkat(box_fd, name, 0) < 0 ? errno : 0;
}

int box_clear(uint32_t size) {
  if (size) return take_out(size);
  seeds = 0;
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

int box_load(uint32_t size) {
  struct load load;
  char marked[MAX_NAME + 2] = {SEED_MARK}, *name = marked + 1;
  static char piece[256 << 10];
  if (size < sizeof load || !frame_read(&load, sizeof load)) return -1;
  if (load.name_size == 0 || load.name_size > MAX_NAME || sizeof load + load.name_size + load.size != size) return -1;
  if (!frame_read(name, load.name_size)) return -1;
  name[load.name_size] = 0;
  if (strlen(name) != load.name_size || !plain(name)) return -1;
  bool seed = load.mode == M_SEED;
  if (seed) seeds++;
  int fd = openat(box_fd, seed ? marked : name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
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
  if (error == 0 && fchmod(fd, load.mode == M_EXECUTABLE ? 0555 : 0444) < 0) error = errno;
  if (fd >= 0) close(fd);
  return error;
}

static int seed_one(int scratch, const char *marked) {
  char piece[16 << 10];
  int from = openat(box_fd, marked, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (from < 0) return errno;
  act_as_program(true);
  int to = openat(scratch, marked + 1, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  int error = to < 0 ? errno : 0;
  act_as_program(false);
  for (ssize_t n; error == 0 && (n = read(from, piece, sizeof piece)) != 0;)
    error = n < 0 ? errno : write_all(to, piece, (size_t)n);
  close(from);
  if (to >= 0) close(to);
  return error;
}

/* Before a program is let go: copies the seeds into its still empty /scratch, as files of its own. */
int box_seed(int scratch) {
  if (seeds == 0) return 0;
  int fd = openat(box_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd < 0 ? NULL : fdopendir(fd);
  if (folder == NULL) return errno;
  int error = 0;
  for (struct dirent *entry; error == 0 && (entry = readdir(folder)) != NULL;)
    if (entry->d_name[0] == SEED_MARK && entry->d_name[1]) error = seed_one(scratch, entry->d_name);
  closedir(folder);
  return error;
}
