// A short cannot count 300 000 equal notes.
#include <iostream>
#include <string>

int main() {
    std::string song;
    std::cin >> song;
    short run = 0;
    for (std::size_t i = 0; i < song.size(); i++) {
        run++;
        if (i + 1 == song.size() || song[i + 1] != song[i]) {
            std::cout << song[i] << run;
            run = 0;
        }
    }
    std::cout << '\n';
}
