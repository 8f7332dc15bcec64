// The sum of the legs does not fit into an int.
#include <algorithm>
#include <iostream>
#include <numeric>
#include <vector>

int main() {
    int n, days;
    std::cin >> n >> days;
    std::vector<unsigned> legs(n);
    for (auto &leg : legs) std::cin >> leg;
    unsigned low = *std::max_element(legs.begin(), legs.end());
    unsigned high = std::accumulate(legs.begin(), legs.end(), 0u);
    while (low < high) {
        unsigned middle = low + (high - low) / 2, today = 0;
        int needed = 1;
        for (unsigned leg : legs)
            if ((today += leg) > middle) {
                needed++;
                today = leg;
            }
        if (needed <= days) high = middle;
        else low = middle + 1;
    }
    std::cout << low << '\n';
}
