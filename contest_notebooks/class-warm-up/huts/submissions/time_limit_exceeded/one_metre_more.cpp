// Tries one limit after the other.
#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    int n, days;
    std::cin >> n >> days;
    std::vector<long long> legs(n);
    for (auto &leg : legs) std::cin >> leg;
    for (long long limit = *std::max_element(legs.begin(), legs.end());; limit++) {
        long long today = 0;
        int needed = 1;
        for (long long leg : legs)
            if ((today += leg) > limit) {
                needed++;
                today = leg;
            }
        if (needed <= days) {
            std::cout << limit << '\n';
            return 0;
        }
    }
}
