#include <iostream>
#include <algorithm>

int main() {
    long long n, number, run, best;
    std::cin >> n >> run;
    best = run;
    while (std::cin >> number) {
        run = std::max(number, run + number);
        best = std::max(best, run);
    }
    std::cout << best << '\n';
}
