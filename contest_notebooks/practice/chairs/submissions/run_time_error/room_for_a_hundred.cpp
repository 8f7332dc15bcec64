// No number has more than a hundred divisors, has it? at() throws.
#include <array>
#include <iostream>

int main() {
    long long n, m;
    std::cin >> n >> m;
    std::array<long long, 100> ways;
    int count = 0;
    for (long long rows = m; rows * rows <= n; rows++) {
        if (n % rows != 0) continue;
        ways.at(count++) = rows;
        if (rows * rows != n) ways.at(count++) = n / rows;
    }
    for (int i = 0; i < count; i++) std::cout << ways[i] << ' ' << n / ways[i] << '\n';
    if (count == 0) std::cout << "impossible\n";
}
