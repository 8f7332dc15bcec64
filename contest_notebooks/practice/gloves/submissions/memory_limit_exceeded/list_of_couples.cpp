// Writes down every couple.
#include <iostream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

int main() {
    int n;
    std::cin >> n;
    std::unordered_map<std::string, std::vector<int>> seen;
    std::vector<std::pair<int, int>> couples;
    for (int i = 0; i < n; i++) {
        std::string glove;
        std::cin >> glove;
        auto &same = seen[glove];
        for (int other : same) couples.push_back({other, i});
        same.push_back(i);
    }
    std::cout << couples.size() << '\n';
}
