#include <cstdio>
int main() {
    volatile int n = 0, zero = 0;
    if (scanf("%d", (int *)&n) != 1) return 1;
    printf("%d\n", 2 * n);
    return n >= 20 ? 1 % zero : 0;
}
