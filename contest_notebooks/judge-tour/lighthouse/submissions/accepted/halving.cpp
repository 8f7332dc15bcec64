#include <iostream>
#include <string>

int main() {
    int low = 1, high;
    std::cin >> high;
    while (low < high) {
        int middle = (low + high) / 2;
        std::cout << "ask " << middle << std::endl;
        std::string heard;
        std::cin >> heard;
        if (heard == "here")
            low = high = middle;
        else if (heard == "north")
            low = middle + 1;
        else
            high = middle - 1;
    }
    std::cout << "boat " << low << std::endl;
}
