/* Files brought out of the scratch folder after everything in the jail has died: regular files only, reached from the
 * folder's descriptor, never through a link, read with the program's own file permissions. */
#include "runner.h"

#include <fcntl.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool plain(const char *name) { return *name && !strchr(name, '/') && strcmp(name, ".") && strcmp(name, ".."); }

static bool collect_one(int scratch, uint32_t index, const char *name, uint64_t *left, bool *over) {
  static char piece[64 << 10];
  struct stat st;
  if (!plain(name)) return false;
  int fd = openat(scratch, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return false;
  bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
  if (good && (uint64_t)st.st_size > *left) *over = true, good = false;
  for (ssize_t n; good && (n = read(fd, piece, sizeof piece)) != 0;) {
    if (n < 0) {
      good = errno == EINTR;
      continue;
    }
    *left -= (uint64_t)n;
    frame_send(K_FILE, &index, sizeof index, piece, (size_t)n);
  }
  close(fd);
  return good;
}

uint32_t collect_files(int scratch, const char *names, uint32_t count, uint64_t limit, bool *over) {
  uint32_t found = 0;
  if (count == 0) return 0;
  setfsgid((gid_t)program_id);
  setfsuid((uid_t)program_id);
  for (uint32_t i = 0; i < count; i++, names += strlen(names) + 1)
    if (collect_one(scratch, i, names, &limit, over)) found |= 1u << i;
  setfsuid(0);
  setfsgid(0);
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* changing ids took it; without it /proc/<jail>/uid_map is not ours to write */
  return found;
}
