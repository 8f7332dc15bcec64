#include <iostream>

int main() {
    int n;
    std::cin >> n;
    if (n == 2 || n == 3) {
        std::cout << "impossible\n";
        return 0;
    }
    for (int bead = 2; bead < n; bead += 2) std::cout << bead << ' ';
    for (int bead = 1; bead < n; bead += 2) std::cout << bead << ' ';
    std::cout << '\n';
}
