// Writes down every pad on the way.
#include <iostream>
#include <vector>

int main() {
    int n, pad;
    long long jumps;
    std::cin >> n >> pad >> jumps;
    std::vector<int> pads(n + 1), diary;
    for (int i = 1; i <= n; i++) std::cin >> pads[i];
    diary.push_back(pad);
    while (static_cast<long long>(diary.size()) <= jumps) diary.push_back(pads[diary.back()]);
    std::cout << diary[jumps] << '\n';
}
