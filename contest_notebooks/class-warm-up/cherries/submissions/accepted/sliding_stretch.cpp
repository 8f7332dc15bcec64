#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    long long target, total = 0;
    std::cin >> n >> target;
    std::vector<int> stalls(n);
    for (int &stall : stalls) std::cin >> stall;
    int best = n + 1;
    for (int left = 0, right = 0; right < n; right++) {
        total += stalls[right];
        while (total >= target) {
            best = std::min(best, right - left + 1);
            total -= stalls[left++];
        }
    }
    if (best > n) std::cout << "impossible\n";
    else std::cout << best << '\n';
}
