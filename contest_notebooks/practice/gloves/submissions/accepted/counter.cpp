#include <iostream>
#include <string>
#include <unordered_map>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int n;
    std::cin >> n;
    std::unordered_map<std::string, long long> seen;
    long long couples = 0;
    for (std::string glove; std::cin >> glove;) couples += seen[glove]++;
    std::cout << couples << '\n';
}
