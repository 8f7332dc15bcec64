#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, days;
    std::cin >> n >> days;
    std::vector<long long> legs(n);
    for (auto &leg : legs) std::cin >> leg;
    long long low = *std::max_element(legs.begin(), legs.end());
    long long high = std::accumulate(legs.begin(), legs.end(), 0LL);
    while (low < high) {
        long long middle = (low + high) / 2, today = 0;
        int needed = 1;
        for (long long leg : legs)
            if ((today += leg) > middle) {
                needed++;
                today = leg;
            }
        if (needed <= days) high = middle;
        else low = middle + 1;
    }
    std::cout << low << '\n';
}
