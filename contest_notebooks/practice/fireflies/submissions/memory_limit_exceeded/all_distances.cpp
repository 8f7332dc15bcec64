// Keeps all distances to sort them.
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
    std::vector<double> distances;
    for (int i = 0; i < n; i++)
        for (int j = 0; j < i; j++)
            distances.push_back(std::hypot(points[i].first - points[j].first, points[i].second - points[j].second));
    std::sort(distances.begin(), distances.end());
    std::cout << std::fixed << std::setprecision(9) << distances[0] << '\n';
}
