#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <set>
#include <utility>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::vector<std::pair<long long, long long>> points(n);
    for (auto &[x, y] : points) std::cin >> x >> y;
    std::sort(points.begin(), points.end());
    std::set<std::pair<long long, long long>> strip;  // (y, x) of those that are not too far to the left
    long long best = 4e18;
    std::size_t oldest = 0;
    for (auto [x, y] : points) {
        long long reach = static_cast<long long>(std::ceil(std::sqrt(static_cast<double>(best))));
        for (; (x - points[oldest].first) * (x - points[oldest].first) >= best && points[oldest].first < x; oldest++)
            strip.erase({points[oldest].second, points[oldest].first});
        for (auto it = strip.lower_bound({y - reach, -2'000'000}); it != strip.end() && it->first <= y + reach; ++it) {
            long long dx = it->second - x, dy = it->first - y;
            best = std::min(best, dx * dx + dy * dy);
        }
        if (best == 0) break;
        strip.insert({y, x});
    }
    std::cout << std::fixed << std::setprecision(9) << std::sqrt(static_cast<double>(best)) << '\n';
}
