// Not testlib: what these tests need of how it is called and how it answers, in the places where others have theirs.
#pragma once
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>

enum TResult { _ok = 0, _wa = 1, _pe = 2, _fail = 3, _points = 5 };
struct Stream {
    std::ifstream file;
    long long readLong() {
        long long value;
        if (!(file >> value)) std::exit(2);
        return value;
    }
    bool seekEof() { return (file >> std::ws).eof(); }
};
inline Stream inf, ouf, ans;
inline void registerTestlibCmd(int argc, char **argv) {
    if (argc < 4) std::exit(3);
    inf.file.open(argv[1]), ouf.file.open(argv[2]), ans.file.open(argv[3]);
}
inline void quitf(TResult result, const char *message) {
    std::cerr << message << '\n';
    std::exit(result);
}
inline void quitp(double points, const char *message) {
    std::cerr << "points " << points << ' ' << message << '\n';
    std::exit(7);
}
