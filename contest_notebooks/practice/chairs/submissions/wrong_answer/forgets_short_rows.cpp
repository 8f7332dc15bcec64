// Checks the number of rows, not the chairs in a row.
#include <iostream>

int main() {
    long long n, m;
    std::cin >> n >> m;
    bool found = false;
    for (long long rows = 1; rows * rows <= n; rows++) {
        if (n % rows != 0) continue;
        if (rows >= m || (n / rows >= m && rows > 1)) {
            std::cout << rows << ' ' << n / rows << '\n';
            if (rows * rows != n) std::cout << n / rows << ' ' << rows << '\n';
            found = true;
        }
    }
    if (!found) std::cout << "impossible\n";
}
