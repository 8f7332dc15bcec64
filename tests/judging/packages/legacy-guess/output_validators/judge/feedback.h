#pragma once
#include <fstream>
#include <string>

inline int wrong(const char *folder, const std::string &why) {
    std::ofstream(std::string(folder) + "judgemessage.txt") << why << '\n';
    return 43;
}
