#include <iostream>

int main() {
    long long n, m;
    std::cin >> n >> m;
    for (long long rows = m; rows * rows <= n; rows++) {
        if (n % rows == 0) std::cout << rows << ' ' << n / rows << '\n';
