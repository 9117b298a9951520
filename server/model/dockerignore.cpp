#include "model/dockerignore.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace quaymaster {
namespace {

constexpr std::string_view kBlanks = " \t\r\v\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// Without empty and "." parts; ".." takes the part before it away, and leads out of the context when there is none.
std::string cleaned(std::string_view path) {
  const bool rooted = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part.empty() || part == ".") continue;
    if (part != ".." || (!rooted && (parts.empty() || parts.back() == "..")))
      parts.push_back(part);
    else if (!parts.empty())
      parts.pop_back();
  }
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

/// One piece of a pattern.
struct Token {
  enum class Kind : std::uint8_t {
    Byte,
    AnyByte,     // ?
    Name,        // *: bytes up to a slash
    Everything,  // ** at the end
    Folders,     // ** before something: nothing, or what ends with a slash
    Class,       // […]
  };
  Kind kind = Kind::Byte;
  char byte = '\0';
  std::string_view set = {};  // what stands between the brackets
};

std::vector<Token> tokens_of(std::string_view pattern) {
  std::vector<Token> tokens;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::string_view rest = pattern.substr(i);
    if (rest.starts_with("**")) {
      i += rest.starts_with("**/") ? 3 : 2;
      const Token::Kind kind = i < pattern.size() ? Token::Kind::Folders : Token::Kind::Everything;
      if (tokens.empty() || tokens.back().kind != kind) tokens.push_back({kind});
    } else if (rest.front() == '*' || rest.front() == '?') {
      tokens.push_back({rest.front() == '*' ? Token::Kind::Name : Token::Kind::AnyByte});
      ++i;
    } else if (const std::size_t close = rest.front() == '[' ? rest.find(']', 2) : std::string_view::npos;
               close != std::string_view::npos) {
      tokens.push_back({Token::Kind::Class, '\0', rest.substr(1, close - 1)});
      i += close + 1;
    } else {
      if (rest.front() == '\\' && rest.size() > 1) ++i;
      tokens.push_back({Token::Kind::Byte, pattern[i]});
      ++i;
    }
  }
  return tokens;
}

bool in_class(std::string_view set, char c) {
  const bool negated = set.starts_with('^');
  if (negated) set.remove_prefix(1);
  const auto code = [](char byte) { return static_cast<unsigned char>(byte); };
  bool found = false;
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i] == '\\' && i + 1 < set.size()) ++i;
    const char low = set[i];
    char high = low;
    if (i + 2 < set.size() && set[i + 1] == '-') {
      high = set[i + 2];
      i += 2;
    }
    found = found || (code(low) <= code(c) && code(c) <= code(high));
  }
  return found != negated;
}

/// Which tokens may come next after some bytes of the path: a set of indices, one behind the last for "all matched".
class States {
 public:
  explicit States(const std::vector<Token>& tokens) : tokens_(tokens), in_(tokens.size() + 1, false) {}

  [[nodiscard]] bool has(std::size_t index) const { return in_[index]; }
  [[nodiscard]] bool complete() const { return in_.back(); }
  [[nodiscard]] bool empty() const { return empty_; }
  void swap(States& other) {
    in_.swap(other.in_);
    std::swap(empty_, other.empty_);
  }
  void clear() {
    in_.assign(in_.size(), false);
    empty_ = true;
  }
  /// The token may come, and with it those behind it when it can stand for nothing.
  void enter(std::size_t index) {
    stay(index);
    for (; index < tokens_.size() && may_be_empty(tokens_[index].kind); ++index) in_[index + 1] = true;
  }
  /// The token goes on, and is not done yet.
  void stay(std::size_t index) {
    in_[index] = true;
    empty_ = false;
  }

 private:
  static bool may_be_empty(Token::Kind kind) {
    return kind == Token::Kind::Name || kind == Token::Kind::Everything || kind == Token::Kind::Folders;
  }
  const std::vector<Token>& tokens_;
  std::vector<bool> in_;
  bool empty_ = true;
};

void step(const Token& token, std::size_t index, char c, States& next) {
  switch (token.kind) {
    case Token::Kind::Byte:
      if (token.byte == c) next.enter(index + 1);
      break;
    case Token::Kind::AnyByte:
      if (c != '/') next.enter(index + 1);
      break;
    case Token::Kind::Name:
      if (c != '/') next.enter(index);
      break;
    case Token::Kind::Everything: next.enter(index); break;
    case Token::Kind::Folders:
      if (c == '/')
        next.enter(index);
      else
        next.stay(index);
      break;
    case Token::Kind::Class:
      if (in_class(token.set, c)) next.enter(index + 1);
      break;
  }
}

/// Whether the pattern matches all of `path`, or also only the way to one of the folders that it stands in.
bool matches(std::string_view pattern, std::string_view path, bool or_a_folder) {
  const std::vector<Token> tokens = tokens_of(pattern);
  States now(tokens);
  now.enter(0);
  States next(tokens);
  for (std::size_t at = 0; at < path.size() && !now.empty(); ++at) {
    if (or_a_folder && at > 0 && path[at] == '/' && now.complete()) return true;
    next.clear();
    for (std::size_t i = 0; i < tokens.size(); ++i)
      if (now.has(i)) step(tokens[i], i, path[at], next);
    now.swap(next);
  }
  return now.complete();
}

}  // namespace

bool matches_dockerignore_pattern(std::string_view pattern, std::string_view path) {
  return matches(pattern, path, false);
}

Dockerignore::Dockerignore(std::string_view text) {
  std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    const std::string_view written = line.starts_with('#') ? std::string_view{} : trimmed(line);
    if (!written.empty()) {
      const auto at = static_cast<std::uint32_t>(written.data() - text.data());
      Pattern pattern{{}, {at, at + static_cast<std::uint32_t>(written.size())}, written.starts_with('!')};
      pattern.text = cleaned(trimmed(written.substr(pattern.negated ? 1 : 0)));
      if (!pattern.text.empty()) patterns_.push_back(std::move(pattern));
    }
    begin = end + 1;
  }
}

bool Dockerignore::negates() const {
  return std::ranges::any_of(patterns_, [](const Pattern& pattern) { return pattern.negated; });
}

bool Dockerignore::may_readmit_below(std::string_view path) const {
  const std::string folder = std::string(path) + "/";
  return std::ranges::any_of(patterns_, [&](const Pattern& pattern) {
    const std::string_view fixed = std::string_view(pattern.text).substr(0, pattern.text.find_first_of("*?[\\"));
    return pattern.negated && (folder.starts_with(fixed) || fixed.starts_with(folder));
  });
}

std::string path_in_context(std::string_view path) { return cleaned("/" + std::string(path)); }

const Dockerignore::Pattern* Dockerignore::excludes(std::string_view path) const {
  for (auto at = patterns_.rbegin(); at != patterns_.rend(); ++at)
    if (matches(at->text, path, true)) return at->negated ? nullptr : &*at;
  return nullptr;
}

}  // namespace quaymaster
