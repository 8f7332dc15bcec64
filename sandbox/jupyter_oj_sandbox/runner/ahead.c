/* Reads the image's larger files ahead, before the host moves the runner into its cgroup. The kernel charges a page of a
 * file to the group that first needs it: pages that the container's own group had to pay for would be dropped when a
 * program meets its memory limit, and read again, and dropped, until its CPU time is over instead of its memory. What is
 * in memory already costs a look. Nothing here may fail: what is not read ahead is read later. */
#include "runner.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define AT_LEAST (16 << 10)    /* many small files are slow to read, and little to lose */
#define STEP (128 << 10)       /* the kernel reads no more ahead at once on a disk of default settings */
#define AT_MOST_US 3000000     /* a slow disk shall not keep the container from starting */
#define SHARE 4                /* of the memory that is available, at most this part */

static off_t left;
static uint64_t until;

static off_t available(void) {
  char line[128];
  unsigned long kib = 0;
  FILE *f = fopen("/proc/meminfo", "re");
  if (f == NULL) return 0;
  while (fgets(line, sizeof line, f) && sscanf(line, "MemAvailable: %lu", &kib) != 1) continue;
  fclose(f);
  return (off_t)kib << 10;
}

static int file_ahead(const char *name, const struct stat *st, int type, struct FTW *at) {
  (void)at;
  if (now_us() > until) return 1;
  if (type != FTW_F || !S_ISREG(st->st_mode) || st->st_size < AT_LEAST || st->st_size > left) return 0;
  int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return 0;
  for (off_t from = 0; from < st->st_size; from += STEP) posix_fadvise(fd, from, STEP, POSIX_FADV_WILLNEED);
  close(fd);
  left -= st->st_size;
  return 0;
}

void read_image_ahead(void) {
  static const char *const folders[] = {"/oj", "/usr", "/opt", "/lib", "/lib64"};
  left = available() / SHARE;
  until = now_us() + AT_MOST_US;
  for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) nftw(folders[i], file_ahead, 16, FTW_PHYS);
}
