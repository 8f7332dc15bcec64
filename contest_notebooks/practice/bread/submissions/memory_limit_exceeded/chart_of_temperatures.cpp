// Draws the whole chart first: a point for each loaf and each hundred-thousandth of a minute.
#include <cmath>
#include <iomanip>
#include <iostream>
#include <vector>

int main() {
    int n;
    double room, goal;
    std::cin >> n >> room >> goal;
    std::vector<double> now(n), factor(n), chart;
    const double tick = 1e-5;
    for (int i = 0; i < n; i++) {
        double speed;
        std::cin >> now[i] >> speed;
        now[i] -= room;
        factor[i] = std::exp(-speed * tick);
    }
    double sum;
    do {
        sum = 0;
        for (int i = 0; i < n; i++) {
            chart.push_back(room + now[i]);
            sum += now[i];
            now[i] *= factor[i];
        }
    } while (sum > n * (goal - room));
    std::cout << std::fixed << std::setprecision(9) << (chart.size() / n - 1) * tick << '\n';
}
