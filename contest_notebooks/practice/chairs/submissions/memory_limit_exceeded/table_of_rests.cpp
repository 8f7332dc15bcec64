// Keeps the rest of n divided by each number.
#include <iostream>
#include <vector>

int main() {
    long long n, m;
    std::cin >> n >> m;
    std::vector<long long> rest;
    for (long long rows = 0; rows <= n; rows++) rest.push_back(rows ? n % rows : n);
    bool found = false;
    for (long long rows = m; rows * m <= n; rows++)
        if (rest[rows] == 0) {
            std::cout << rows << ' ' << n / rows << '\n';
            found = true;
        }
    if (!found) std::cout << "impossible\n";
}
