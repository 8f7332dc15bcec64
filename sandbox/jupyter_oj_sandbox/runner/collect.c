/* Files brought out of the scratch folder after everything in the jail has died: regular files only, reached from the
 * folder's descriptor, never through a link, read with the program's own file permissions. */
#include "runner.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool plain(const char *name) { return *name && !strchr(name, '/') && strcmp(name, ".") && strcmp(name, ".."); }

void act_as_program(bool begin) {
  setfsgid(begin ? (gid_t)program_id : 0);
  setfsuid(begin ? (uid_t)program_id : 0);
  if (!begin) prctl(PR_SET_DUMPABLE, 1, 0, 0, 0); /* changing ids took it; without it a jail's uid_map is not ours */
}

static bool collect_one(int scratch, uint32_t kind, const void *head, size_t head_size, const char *name, uint64_t *left,
                        bool *over) {
  static char piece[64 << 10];
  struct stat st;
  if (!plain(name)) return false;
  int fd = openat(scratch, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0) return false;
  bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
  if (good && (uint64_t)st.st_size > *left) *over = true, good = false;
  if (good && kind == K_NAMED) frame_send(kind, head, head_size, NULL, 0); /* also of an empty file */
  for (ssize_t n; good && (n = read(fd, piece, sizeof piece)) != 0;) {
    if (n < 0) {
      good = errno == EINTR;
      continue;
    }
    *left -= (uint64_t)n;
    frame_send(kind, head, head_size, piece, (size_t)n);
  }
  close(fd);
  return good;
}

static bool collect_all(int scratch, uint64_t *left, bool *over) {
  struct {
    uint32_t size;
    char name[MAX_NAME];
  } head;
  int fd = openat(scratch, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *folder = fd < 0 ? NULL : fdopendir(fd);
  if (folder == NULL) return false;
  uint32_t files = 0;
  for (struct dirent *entry; !*over && (entry = readdir(folder)) != NULL;) {
    head.size = (uint32_t)strlen(entry->d_name);
    memcpy(head.name, entry->d_name, head.size);
    if (collect_one(scratch, K_NAMED, &head, sizeof head.size + head.size, entry->d_name, left, over)) files++;
    if (files > MAX_NAMED) *over = true;
  }
  closedir(folder);
  return true;
}

uint32_t collect_files(int scratch, const char *names, uint32_t count, uint64_t limit, bool *over) {
  uint32_t found = 0;
  if (count == 0) return 0;
  act_as_program(true);
  for (uint32_t i = 0; i < count; i++, names += strlen(names) + 1) {
    bool all = strcmp(names, "*") == 0;
    if (all ? collect_all(scratch, &limit, over) : collect_one(scratch, K_FILE, &i, sizeof i, names, &limit, over))
      found |= 1u << i;
  }
  act_as_program(false);
  return found;
}
