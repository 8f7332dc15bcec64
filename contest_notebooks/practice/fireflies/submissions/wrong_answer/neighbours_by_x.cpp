// Compares only neighbours in the order of x.
#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <utility>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<std::pair<double, double>> points(n);
    for (auto &[x, y] : points) std::cin >> x >> y;
    std::sort(points.begin(), points.end());
    double best = 1e18;
    for (int i = 1; i < n; i++)
        best = std::min(best, std::hypot(points[i].first - points[i - 1].first, points[i].second - points[i - 1].second));
    std::cout << std::fixed << std::setprecision(9) << best << '\n';
}
