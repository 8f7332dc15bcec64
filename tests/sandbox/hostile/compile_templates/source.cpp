template <int N, int M> struct S { static constexpr int v = S<N - 1, 2 * M>::v + S<N - 1, 2 * M + 1>::v; };
template <int M> struct S<0, M> { static constexpr int v = M; };
int main() { return S<29, 0>::v; }
