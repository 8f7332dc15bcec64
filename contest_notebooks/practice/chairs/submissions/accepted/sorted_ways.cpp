// The same ways in another order: all with few rows first.
#include <iostream>
#include <vector>

int main() {
    long long n, m;
    std::cin >> n >> m;
    std::vector<long long> few;
    for (long long rows = m; rows * rows <= n; rows++)
        if (n % rows == 0) few.push_back(rows);
    for (long long rows : few) std::cout << rows << ' ' << n / rows << '\n';
    while (!few.empty()) {
        long long chairs = few.back();
        few.pop_back();
        if (chairs * chairs != n) std::cout << n / chairs << ' ' << chairs << '\n';
    }
    if (n < m * m) std::cout << "impossible\n";
    else {
        bool found = false;
        for (long long rows = m; rows * rows <= n && !found; rows++) found = n % rows == 0;
        if (!found) std::cout << "impossible\n";
    }
}
