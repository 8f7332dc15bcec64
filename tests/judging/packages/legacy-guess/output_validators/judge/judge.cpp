#include <cstdlib>
#include <iostream>

#include "feedback.h"

int main(int argc, char **argv) {
    if (argc != 6 || std::string(argv[4]) != "turns") return 1;
    std::ifstream input(argv[1]);
    int secret = 0, guess = 0;
    input >> secret;
    for (int turn = std::atoi(argv[5]); turn > 0; turn--) {
        if (!(std::cin >> guess)) return wrong(argv[3], "no guess");
        if (guess == secret) {
            std::cout << "correct" << std::endl;
            return 42;
        }
        std::cout << (secret < guess ? "lower" : "higher") << std::endl;
    }
    return wrong(argv[3], "too many guesses");
}
