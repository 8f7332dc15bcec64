#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace oj {
struct WrongType { std::string why; };
constexpr std::size_t longest = 5000000;

struct Input {
  std::string raw;
  std::size_t at = 0;
  Input() {
    char piece[1 << 16];
    std::size_t n;
    while ((n = std::fread(piece, 1, sizeof piece, stdin)) > 0) raw.append(piece, n);
  }
  template <class T> T plain() {
    T value;
    std::memcpy(&value, raw.data() + at, sizeof value);
    at += sizeof value;
    return value;
  }
  std::size_t count() { return plain<std::uint32_t>(); }
};

struct Output {
  std::string raw;
  template <class T> void plain(T value) {
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    raw.append(bytes, sizeof value);
  }
  void count(std::size_t n) { plain(static_cast<std::uint32_t>(n)); }
};

template <class T> struct Wire;
template <class T> T read(Input &in) { return Wire<T>::read(in); }
template <class T> void write(Output &out, const T &value) { Wire<T>::write(out, value); }

template <class T> struct Plain {
  static T read(Input &in) { return in.plain<T>(); }
  static void write(Output &out, T value) { out.plain(value); }
};
template <> struct Wire<int> : Plain<int> {};
template <> struct Wire<long long> : Plain<long long> {};
template <> struct Wire<double> : Plain<double> {};
template <> struct Wire<bool> {
  static bool read(Input &in) { return in.plain<char>() == 1; }
  static void write(Output &out, bool value) { out.plain<char>(value); }
};
template <> struct Wire<char> {
  static char read(Input &in) { return in.plain<char>(); }
  static void write(Output &out, char value) {
    if (static_cast<unsigned char>(value) > 127) throw WrongType{"a char is one ASCII character"};
    out.plain(value);
  }
};
template <> struct Wire<std::string> {
  static std::string read(Input &in) {
    std::size_t size = in.count();
    in.at += size;
    return in.raw.substr(in.at - size, size);
  }
  static void write(Output &out, const std::string &value) {
    out.count(value.size());
    out.raw += value;
  }
};
template <class T> struct Wire<std::optional<T>> {
  static std::optional<T> read(Input &in) {
    if (in.plain<char>() == 0) return std::nullopt;
    return oj::read<T>(in);
  }
  static void write(Output &out, const std::optional<T> &value) {
    out.plain<char>(value.has_value());
    if (value) oj::write<T>(out, *value);
  }
};
template <class T> struct Wire<std::vector<T>> {
  static std::vector<T> read(Input &in) {
    std::size_t n = in.count();
    std::vector<T> values;
    values.reserve(n);
    while (n-- > 0) values.push_back(oj::read<T>(in));
    return values;
  }
  static void write(Output &out, const std::vector<T> &values) {
    out.count(values.size());
    for (std::size_t i = 0; i < values.size(); i++) oj::write<T>(out, values[i]);
  }
};
template <class S, class T> struct SetWire {
  static S read(Input &in) {
    S values;
    for (std::size_t n = in.count(); n > 0; n--) values.insert(oj::read<T>(in));
    return values;
  }
  static void write(Output &out, const S &values) {
    out.count(values.size());
    for (const T &value : values) oj::write<T>(out, value);
  }
};
template <class T> struct Wire<std::set<T>> : SetWire<std::set<T>, T> {};
template <class T> struct Wire<std::unordered_set<T>> : SetWire<std::unordered_set<T>, T> {};
template <class M, class K, class V> struct MapWire {
  static M read(Input &in) {
    M values;
    for (std::size_t n = in.count(); n > 0; n--) {
      K key = oj::read<K>(in);
      values.emplace(std::move(key), oj::read<V>(in));
    }
    return values;
  }
  static void write(Output &out, const M &values) {
    out.count(values.size());
    for (const auto &pair : values) {
      oj::write<K>(out, pair.first);
      oj::write<V>(out, pair.second);
    }
  }
};
template <class K, class V> struct Wire<std::map<K, V>> : MapWire<std::map<K, V>, K, V> {};
template <class K, class V> struct Wire<std::unordered_map<K, V>> : MapWire<std::unordered_map<K, V>, K, V> {};

inline void reply(const Output &out) {
  std::FILE *file = std::fopen("/scratch/oj_reply", "wb");
  if (file == nullptr || std::fwrite(out.raw.data(), 1, out.raw.size(), file) != out.raw.size() || std::fclose(file) != 0)
    std::abort();
}
/* Ends the process without destructors: what the learner's program left running or half built is of no interest. */
[[noreturn]] inline void leave() {
  std::fflush(stdout);
  std::_Exit(0);
}
template <class T> [[noreturn]] void finish(const T &result) {
  Output out;
  out.plain<char>(1);
  try {
    write<T>(out, result);
  } catch (const WrongType &wrong) {
    out.raw.clear();
    out.plain<char>(2);
    write<std::string>(out, wrong.why);
  }
  reply(out);
  leave();
}
}  // namespace oj
