// Rejected at its first word, it goes on writing into a pipe that nobody reads: SIGPIPE.
#include <iostream>

int main() {
    for (;;) std::cout << "1001" << std::endl;
}
