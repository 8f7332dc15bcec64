// Counts larger ends before and smaller ends after each ribbon while merging.
#include <algorithm>
#include <iostream>
#include <vector>

std::vector<int> ends, order, scratch;
std::vector<long long> larger_before, smaller_after;

void sort(int from, int to) {
    if (to - from < 2) return;
    int middle = (from + to) / 2;
    sort(from, middle);
    sort(middle, to);
    int left = from, right = middle;
    for (int i = from; i < to; i++) {
        if (right == to || (left < middle && ends[order[left]] < ends[order[right]])) {
            smaller_after[order[left]] += right - middle;
            scratch[i] = order[left++];
        } else {
            larger_before[order[right]] += middle - left;
            scratch[i] = order[right++];
        }
    }
    std::copy(scratch.begin() + from, scratch.begin() + to, order.begin() + from);
}

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    ends.resize(n), order.resize(n), scratch.resize(n), larger_before.resize(n), smaller_after.resize(n);
    for (int i = 0; i < n; i++) {
        std::cin >> ends[i];
        order[i] = i;
    }
    sort(0, n);
    long long knots = 0;
    for (int i = 0; i < n; i++) knots += larger_before[i] * smaller_after[i];
    std::cout << knots << '\n';
}
