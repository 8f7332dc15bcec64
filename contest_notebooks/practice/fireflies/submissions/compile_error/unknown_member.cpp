#include <algorithm>
#include <cmath>
#include <iostream>
#include <utility>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::vector<std::pair<double, double>> points(n);
    for (auto &point : points) std::cin >> point.x >> point.y;
    std::sort(points.begin(), points.end());
    std::cout << std::hypot(points[0].x - points[1].x, points[0].y - points[1].y) << '\n';
}
