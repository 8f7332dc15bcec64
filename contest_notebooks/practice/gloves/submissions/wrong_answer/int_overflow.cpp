// Five thousand million couples do not fit into an int.
#include <iostream>
#include <string>
#include <unordered_map>

int main() {
    int n;
    std::cin >> n;
    std::unordered_map<std::string, unsigned> seen;
    unsigned couples = 0;
    for (std::string glove; std::cin >> glove;) couples += seen[glove]++;
    std::cout << couples << '\n';
}
