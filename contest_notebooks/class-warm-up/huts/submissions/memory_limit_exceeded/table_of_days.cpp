// Dynamic programming over days and legs with the whole table kept.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, days;
    std::cin >> n >> days;
    std::vector<long long> sums(n + 1);
    for (int i = 1; i <= n; i++) {
        std::cin >> sums[i];
        sums[i] += sums[i - 1];
    }
    const long long infinity = 4e18;
    std::vector<std::vector<long long>> best(days + 1, std::vector<long long>(n + 1, infinity));
    best[0][0] = 0;
    for (int day = 1; day <= days; day++)
        for (int end = 0; end <= n; end++)
            for (int start = 0; start <= end; start++)
                best[day][end] = std::min(best[day][end], std::max(best[day - 1][start], sums[end] - sums[start]));
    std::cout << best[days][n] << '\n';
}
