// stoi() throws when the number does not fit into an int.
#include <iostream>
#include <string>
#include <vector>

int main() {
    std::string number;
    int n, pad;
    std::cin >> n >> pad >> number;
    int jumps = std::stoi(number);
    std::vector<int> pads(n + 1);
    for (int i = 1; i <= n; i++) std::cin >> pads[i];
    while (jumps--) pad = pads[pad];
    std::cout << pad << '\n';
}
