// Recursion as deep as the memory limit allows is no crash: the stack is not bounded apart.
#include <cstdio>
__attribute__((noinline)) long deep(long n) { volatile char pad[64] = {}; return n == 0 ? pad[0] : 1 + deep(n - 1) + pad[1]; }
int main() { int n; if (scanf("%d", &n) != 1) return 1; printf("%ld\n", deep(500000) - 500000 + 2 * n); }
