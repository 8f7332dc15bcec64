constexpr unsigned long work(unsigned long n) { return n < 2 ? n : work(n - 1) + work(n - 2); }
constexpr unsigned long value = work(60);
int main() { return value; }
