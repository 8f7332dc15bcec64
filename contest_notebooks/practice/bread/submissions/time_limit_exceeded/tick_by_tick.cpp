// Lets the time run in steps of a millionth of a minute.
#include <cmath>
#include <iomanip>
#include <iostream>
#include <vector>

int main() {
    int n;
    double room, goal;
    std::cin >> n >> room >> goal;
    std::vector<double> above(n), speed(n);
    for (int i = 0; i < n; i++) {
        std::cin >> above[i] >> speed[i];
        above[i] -= room;
    }
    const double tick = 1e-6;
    double time = 0;
    for (;; time += tick) {
        double sum = 0;
        for (int i = 0; i < n; i++) sum += above[i] * std::exp(-speed[i] * time);
        if (sum <= n * (goal - room)) break;
    }
    std::cout << std::fixed << std::setprecision(9) << time << '\n';
}
