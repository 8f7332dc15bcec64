#include "testlib.h"

int main(int argc, char *argv[]) {
    registerTestlibCmd(argc, argv);
    long long n = inf.readLong(), a = ouf.readLong(), b = ouf.readLong();
    if (ans.readLong() <= 0) quitf(_fail, "the answer is odd");
    if (!ouf.seekEof()) quitf(_pe, "something is left");
    if (a <= 0 || b <= 0 || a + b != n) quitf(_wa, "no such pair");
    quitf(_ok, "good");
}
