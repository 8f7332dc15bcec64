// Keeps the sum of every stretch.
#include <iostream>
#include <vector>

int main() {
    int n;
    long long target;
    std::cin >> n >> target;
    std::vector<int> stalls(n);
    for (int &stall : stalls) std::cin >> stall;
    std::vector<std::vector<long long>> sums(n);
    for (int left = 0; left < n; left++) {
        long long total = 0;
        for (int right = left; right < n; right++) sums[left].push_back(total += stalls[right]);
    }
    for (int length = 1; length <= n; length++)
        for (int left = 0; left + length <= n; left++)
            if (sums[left][length - 1] >= target) {
                std::cout << length << '\n';
                return 0;
            }
    std::cout << "impossible\n";
}
