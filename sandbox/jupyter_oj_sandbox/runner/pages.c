/* The pages of a warm interpreter that a program would have of its own if it had been started cold: private memory
 * that has been written to. A program copies them all before it begins, not one by one when it first writes to them:
 * it is charged for what a cold one is charged for, and it costs less, since most are written to by its end. */
#include "runner.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

#define PAGE 4096u
#define MAX_RANGES 2048
#define PRESENT (1ull << 63)
#define OF_A_FILE (1ull << 61)

static struct pages {
  struct {
    char *from;
    size_t size;
  } ranges[MAX_RANGES];
  size_t count;
} sets[2];

static bool note(struct pages *set, uintptr_t page) {
  size_t last = set->count - 1;
  if (set->count && set->ranges[last].from + set->ranges[last].size == (char *)page) {
    set->ranges[last].size += PAGE;
    return true;
  }
  if (set->count == MAX_RANGES) return false;
  set->ranges[set->count].from = (char *)page;
  set->ranges[set->count++].size = PAGE;
  return true;
}

static bool note_mapping(struct pages *set, int pagemap, uintptr_t from, uintptr_t to) {
  uint64_t entries[512];
  while (from < to) {
    size_t wanted = (to - from) / PAGE < 512 ? (to - from) / PAGE : 512;
    ssize_t got = pread(pagemap, entries, wanted * 8, (off_t)(from / PAGE * 8));
    if (got <= 0) return false;
    for (ssize_t i = 0; i < got / 8; i++, from += PAGE)
      if ((entries[i] & PRESENT) && !(entries[i] & OF_A_FILE) && !note(set, from)) return false;
  }
  return true;
}

bool pages_note(enum pages_of which) {
  struct pages *set = &sets[which];
  char line[512];
  bool good = true;
  int pagemap = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
  FILE *maps = fopen("/proc/self/maps", "re");
  if (pagemap < 0 || !maps || sysconf(_SC_PAGESIZE) != PAGE) return false;
  while (good && fgets(line, sizeof line, maps)) {
    unsigned long from, to;
    char mode[5];
    if (sscanf(line, "%lx-%lx %4s", &from, &to, mode) == 3 && mode[1] == 'w' && mode[3] == 'p')
      good = note_mapping(set, pagemap, from, to);
  }
  fclose(maps);
  close(pagemap);
  return good;
}

void pages_own(enum pages_of which) {
  struct pages *set = &sets[which];
  for (size_t i = 0; i < set->count; i++) {
    if (madvise(set->ranges[i].from, set->ranges[i].size, MADV_POPULATE_WRITE) == 0) continue;
    for (size_t at = 0; at < set->ranges[i].size; at += PAGE) { /* Linux before 5.14 */
      volatile char *byte = set->ranges[i].from + at;
      *byte = *byte;
    }
  }
}
