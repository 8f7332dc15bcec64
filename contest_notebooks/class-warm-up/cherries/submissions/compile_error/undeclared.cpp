#include <iostream>
#include <vector>

int main() {
    int n, target;
    std::cin >> n >> target;
    std::vector<int> stalls(n);
    for (int &stall : stalls) std::cin >> stall;
    int best = n + 1, total = 0, left = 0;
    for (int right = 0; right < n; right++) {
        total += stalls[right];
        while (total >= target) {
            if (right - left + 1 < best) best = right - left + 1;
            total -= stals[left++];
        }
    }
    std::cout << best << '\n';
}
