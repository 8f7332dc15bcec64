// The question stays in the program's buffer, and both sides wait.
#include <iostream>
#include <string>

int main() {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    int low = 1, high;
    std::cin >> high;
    while (low < high) {
        int middle = (low + high) / 2;
        std::cout << "ask " << middle << '\n';
        std::string heard;
        std::cin >> heard;
        if (heard == "here")
            low = high = middle;
        else if (heard == "north")
            low = middle + 1;
        else
            high = middle - 1;
    }
    std::cout << "boat " << low << '\n';
}
