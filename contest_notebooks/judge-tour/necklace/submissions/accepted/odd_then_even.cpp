// Another order than the jury's answer files have: the validator takes any.
#include <iostream>

int main() {
    int n;
    std::cin >> n;
    if (n == 2 || n == 3) {
        std::cout << "impossible\n";
        return 0;
    }
    for (int bead = n - (n % 2 == 0); bead >= 1; bead -= 2) std::cout << bead << ' ';
    for (int bead = n - n % 2; bead >= 2; bead -= 2) std::cout << bead << ' ';
    std::cout << '\n';
}
