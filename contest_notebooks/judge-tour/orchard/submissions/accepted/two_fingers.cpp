#include <algorithm>
#include <iostream>
#include <vector>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n, bag;
    std::cin >> n >> bag;
    std::vector<int> apples(n);
    for (int &apple : apples) std::cin >> apple;
    std::sort(apples.begin(), apples.end());
    long long ways = 0;
    for (int left = 0, right = n - 1; left < right;)
        if (apples[left] + apples[right] <= bag)
            ways += right - left++;
        else
            --right;
    std::cout << ways << '\n';
}
