/* The clean root. Made once, when the container starts: a small tmpfs with the image's folders bound read-only, our own
 * /dev, the writable /box bound read-only. The runner moves into it and lets go of everything else, so that the image's
 * other folders, its own binary and the socket's folder are in no mount namespace of the container any more. */
#include "runner.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static void check(bool good, const char *what, const char *which) {
  if (good) return;
  fprintf(stderr, "runner: %s %s: %s\n", what, which, strerror(errno));
  exit(1);
}

static const char *path(const char *format, ...) {
  static char out[4][512];
  static unsigned turn;
  char *p = out[turn++ % 4];
  va_list list;
  va_start(list, format);
  vsnprintf(p, sizeof out[0], format, list);
  va_end(list);
  return p;
}

/* Flags that were set by someone above us cannot be taken away, so they are kept. */
static unsigned long kept_flags(const char *where) {
  struct statvfs v;
  check(statvfs(where, &v) == 0, "statvfs", where);
  unsigned long flags = 0;
  if (v.f_flag & ST_NOSUID) flags |= MS_NOSUID;
  if (v.f_flag & ST_NODEV) flags |= MS_NODEV;
  if (v.f_flag & ST_NOEXEC) flags |= MS_NOEXEC;
  if (v.f_flag & ST_NOATIME) flags |= MS_NOATIME;
  if (v.f_flag & ST_NODIRATIME) flags |= MS_NODIRATIME;
  if (v.f_flag & ST_RELATIME) flags |= MS_RELATIME;
  return flags;
}

static void bind(const char *from, const char *to, unsigned long flags) {
  check(mount(from, to, NULL, MS_BIND, NULL) == 0, "bind", from);
  check(mount(NULL, to, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | flags | kept_flags(to), NULL) == 0, "remount", to);
}

static void image_folders(const char *root) {
  static const char *const names[] = {"usr", "etc", "opt", "var", "bin", "sbin", "lib", "lib32", "lib64", "libx32"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct stat st;
    char target[256];
    const char *from = path("/%s", names[i]), *to = path("%s/%s", root, names[i]);
    if (lstat(from, &st) < 0) continue;
    if (S_ISLNK(st.st_mode)) {
      ssize_t n = readlink(from, target, sizeof target - 1);
      check(n > 0, "readlink", from);
      target[n] = 0;
      check(symlink(target, to) == 0, "symlink", to);
    } else if (S_ISDIR(st.st_mode)) {
      check(mkdir(to, 0755) == 0, "mkdir", to);
      bind(from, to, MS_NOSUID | MS_NODEV);
    }
  }
}

static void devices(const char *root) {
  static const char *const names[] = {"null", "zero", "full", "random", "urandom"};
  check(mkdir(path("%s/dev", root), 0755) == 0, "mkdir", "dev");
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *to = path("%s/dev/%s", root, names[i]);
    int fd = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0444);
    check(fd >= 0, "create", to);
    close(fd);
    bind(path("/dev/%s", names[i]), to, MS_NOSUID | MS_NOEXEC); /* can be written to; the node, the host's own, cannot */
  }
  static const char *const links[][2] = {{"/proc/self/fd", "fd"},       {"/proc/self/fd/0", "stdin"},
                                         {"/proc/self/fd/1", "stdout"}, {"/proc/self/fd/2", "stderr"},
                                         {"/scratch", "shm"}};
  for (size_t i = 0; i < sizeof links / sizeof *links; i++)
    check(symlink(links[i][0], path("%s/dev/%s", root, links[i][1])) == 0, "symlink", links[i][1]);
}

/* /box twice: a writable mount that only our descriptor reaches, and a read-only one in the root. */
static int make_box(const char *root) {
  const char *scratch = path("%s/scratch", root), *box = path("%s/box", root);
  check(mkdir(scratch, 0755) == 0 && mkdir(box, 0755) == 0, "mkdir", box);
  check(mount("box", scratch, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755,size=1g,nr_inodes=4096") == 0, "mount", "box");
  int fd = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  check(fd >= 0, "open", scratch);
  bind(scratch, box, MS_NOSUID | MS_NODEV);
  check(umount2(scratch, MNT_DETACH) == 0, "umount", scratch);
  return fd;
}

int make_root(const char *root) {
  umask(022);
  check(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0, "make private", "/");
  check(mount("root", root, "tmpfs", MS_NOSUID, "mode=755,size=1m,nr_inodes=256") == 0, "mount", root);
  image_folders(root);
  devices(root);
  int box = make_box(root);
  check(symlink("/scratch", path("%s/tmp", root)) == 0, "symlink", "tmp");
  check(mkdir(path("%s/proc", root), 0555) == 0, "mkdir", "proc");
  check(mount("proc", path("%s/proc", root), "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0, "mount", "proc (is it unmasked?)");
  check(mount(NULL, root, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID, NULL) == 0, "remount", root);
  check(chdir(root) == 0 && syscall(SYS_pivot_root, ".", ".") == 0, "pivot_root", root);
  check(umount2(".", MNT_DETACH) == 0 && chdir("/") == 0, "umount", "old root");
  return box;
}

/* From here on the runner may only map ids; a jail's own namespaces give its init what it needs for its mounts. */
void give_up_admin(void) {
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  uint32_t keep = (1u << CAP_SETUID) | (1u << CAP_SETGID);
  struct __user_cap_data_struct data[2] = {{keep, keep, 0}, {0, 0, 0}};
  check(syscall(SYS_capset, &header, data) == 0, "capset", "");
  check(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "prctl", "no_new_privs");
}
