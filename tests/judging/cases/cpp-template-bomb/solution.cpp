template <int N> struct F { static constexpr int value = F<N - 1>::value + F<N - 2>::value; };
int main() { return F<10000>::value; }
