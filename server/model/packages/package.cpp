#include "model/packages/package.h"

#include <algorithm>
#include <array>

namespace quaymaster::packages {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool is_digit(char c) { return '0' <= c && c <= '9'; }

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> endings) {
  return std::ranges::any_of(endings, [text](std::string_view ending) { return text.ends_with(ending); });
}

/// The parts of a word, as offsets into its text.
struct Parts {
  Origin origin = Origin::Registry;
  std::size_t name_begin = 0;
  std::size_t name_end = 0;
  std::size_t version_begin = 0;  // equal to `version_end`: none
  std::size_t version_end = 0;
};

Parts whole(std::string_view word, Origin origin = Origin::Registry) {
  return {origin, 0, word.size(), word.size(), word.size()};
}

/// `name`, a relation made of `signs`, a version up to one of `ends`.
Parts by_relation(std::string_view word, std::string_view signs, std::string_view ends) {
  const std::size_t relation = word.find_first_of(signs);
  if (relation == kNone) return whole(word);
  const std::size_t name_end = word.find_last_not_of(" \t", relation == 0 ? 0 : relation - 1) + 1;
  const std::size_t version = std::min(word.find_first_not_of(std::string(signs) + " \t", relation), word.size());
  const std::size_t end = std::min(word.find_first_of(ends, version), word.size());
  return {Origin::Registry, 0, std::min(name_end, relation), version, end};
}

bool is_path(std::string_view word) {
  return word == "." || word == ".." || word.starts_with('/') || word.starts_with("./") || word.starts_with("../") ||
         word.starts_with("~/") || word.starts_with("file:");
}

/// A URL, with what stands behind its last `mark` as version when it leads to a repository.
Parts url(std::string_view word, char mark) {
  const std::size_t scheme = word.find("://");
  const bool repository = word.starts_with("git") || word.starts_with("hg+") || word.starts_with("svn+") ||
                          word.starts_with("bzr+") || word.starts_with("ssh:") || word.find(".git") != kNone;
  if (!repository) return whole(word, Origin::Url);
  Parts parts = whole(word, Origin::Repository);
  const std::size_t path = word.find('/', scheme == kNone ? 0 : scheme + 3);
  const std::size_t at = word.rfind(mark);
  if (at == kNone || (mark == '@' && (path == kNone || at < path))) return parts;
  parts.name_end = at;
  parts.version_begin = at + 1;
  parts.version_end = mark == '@' ? std::min(word.find('#', at), word.size()) : word.size();
  return parts;
}

bool is_url(std::string_view word) { return word.find("://") != kNone; }

Parts debian(std::string_view word) {
  if (is_path(word) || word.ends_with(".deb")) return whole(word, Origin::Path);
  Parts parts = by_relation(word, "=", " ");
  if (const std::size_t release = word.find('/'); parts.version_begin == parts.version_end && release != kNone)
    parts = {Origin::Registry, 0, release, release + 1, word.size()};
  if (const std::size_t colon = word.find(':'); colon < parts.name_end) parts.name_end = colon;
  return parts;
}

Parts alpine(std::string_view word) {
  if (is_url(word)) return whole(word, Origin::Url);
  if (is_path(word) || word.ends_with(".apk")) return whole(word, Origin::Path);
  Parts parts = by_relation(word, "=~<>", "@ ");
  if (const std::size_t at = word.find('@'); at < parts.name_end) parts.name_end = at;
  return parts;
}

/// Where a version begins in name-version[-release[.arch]]: behind the first '-' from which on each part begins with
/// a digit, of two parts at most.
Parts rpm(std::string_view word) {
  if (is_url(word)) return whole(word, Origin::Url);
  if (is_path(word) || word.ends_with(".rpm")) return whole(word, Origin::Path);
  if (word.starts_with('@')) return whole(word, Origin::Group);
  if (word.find_first_of("<>=") != kNone) return by_relation(word, "<>=", " ");
  const std::size_t last = word.rfind('-');
  if (last == kNone || last == 0 || last + 1 == word.size() || !is_digit(word[last + 1])) return whole(word);
  std::size_t version = last;
  if (const std::size_t before = word.rfind('-', last - 1); before != kNone && before > 0 && is_digit(word[before + 1]))
    version = before;
  return {Origin::Registry, 0, version, version + 1, word.size()};
}

Parts relation(std::string_view word) {
  if (is_url(word)) return whole(word, Origin::Url);
  if (is_path(word) || ends_with_any(word, {".rpm", ".pkg.tar.zst", ".pkg.tar.xz"})) return whole(word, Origin::Path);
  if (word.starts_with('@')) return whole(word, Origin::Group);
  return by_relation(word, "<>=", " ");
}

Parts python(std::string_view word) {
  if (const std::size_t at = word.find(" @ "); at != kNone) {
    Parts parts = url(word.substr(at + 3), '@');
    for (std::size_t* offset : {&parts.name_begin, &parts.name_end, &parts.version_begin, &parts.version_end})
      *offset += at + 3;
    return parts;
  }
  if (is_url(word) || word.starts_with("git+")) return url(word, '@');
  const std::size_t sign = word.find_first_of("<>=!~;");
  const std::string_view before = word.substr(0, sign);
  if (is_path(word) || before.find('/') != kNone || ends_with_any(before, {".whl", ".tar.gz", ".zip"}))
    return whole(word, Origin::Path);
  if (const std::size_t bracket = before.find('['); before.starts_with('.') && bracket != kNone)
    return whole(word, Origin::Path);
  Parts parts = by_relation(word, "<>=!~", ";");
  if (const std::size_t marker = word.find(';'); marker < parts.name_end) {
    parts = whole(word.substr(0, marker));
    parts.version_begin = parts.version_end = word.size();
  }
  // `poetry add name@^1.2`
  if (const std::size_t at = word.find('@'); parts.version_begin == parts.version_end && at != kNone && at > 0)
    parts = {Origin::Registry, 0, at, at + 1, word.size()};
  if (const std::size_t extra = word.find('['); extra < parts.name_end) parts.name_end = extra;
  parts.name_end = std::min(parts.name_end, word.size());
  return parts;
}

Parts conda(std::string_view word) {
  if (is_url(word)) return whole(word, Origin::Url);
  if (is_path(word) || ends_with_any(word, {".tar.bz2", ".conda"})) return whole(word, Origin::Path);
  Parts parts = by_relation(word, "<>=!~", "= ");
  const std::size_t channel = word.find("::");
  if (channel != kNone && channel < parts.name_end) parts.name_begin = channel + 2;
  return parts;
}

Parts node(std::string_view word) {
  const bool hosted = word.starts_with("github:") || word.starts_with("gitlab:") || word.starts_with("bitbucket:");
  if (is_url(word) || word.starts_with("git@") || hosted) {
    Parts parts = url(word, '#');
    if (hosted) parts.origin = Origin::Repository;
    return parts;
  }
  if (is_path(word) || ends_with_any(word, {".tgz", ".tar.gz", ".tar"})) return whole(word, Origin::Path);
  const std::size_t at = word.find('@', 1);
  if (!word.starts_with('@') && word.substr(0, at).find('/') != kNone) {
    Parts parts = whole(word, Origin::Repository);
    if (const std::size_t hash = word.find('#'); hash != kNone) {
      parts.name_end = hash;
      parts.version_begin = hash + 1;
    }
    return parts;
  }
  if (at == kNone || word.empty()) return whole(word);
  return {Origin::Registry, 0, at, at + 1, word.size()};
}

Parts split_at(std::string_view word, char mark) {
  if (is_url(word)) return url(word, '@');
  if (is_path(word) || ends_with_any(word, {".gem", ".zip"})) return whole(word, Origin::Path);
  const std::size_t at = word.find(mark);
  if (at == kNone) return whole(word);
  return {Origin::Registry, 0, at, at + 1, word.size()};
}

Parts parts_of(std::string_view word, Notation notation) {
  switch (notation) {
    case Notation::Debian: return debian(word);
    case Notation::Alpine: return alpine(word);
    case Notation::Rpm: return rpm(word);
    case Notation::Relation: return relation(word);
    case Notation::Python: return python(word);
    case Notation::Conda: return conda(word);
    case Notation::Node: return node(word);
    case Notation::Colon: return split_at(word, ':');
    case Notation::At: return split_at(word, '@');
  }
  return whole(word);
}

/// Where a word's text stands as it is written, quotes aside; the whole word when escapes change it.
TextRange place(const shell::Word& word, std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view written = slice(text, word.range);
  std::size_t quote = 0;
  if (written != word.text) {
    if (written.size() != word.text.size() + 2 || written.substr(1, word.text.size()) != word.text) return word.range;
    quote = 1;
  }
  const auto at = [&](std::size_t offset) { return word.range.begin + static_cast<std::uint32_t>(quote + offset); };
  return {at(begin), at(end)};
}

}  // namespace

bool Package::exact() const {
  static constexpr std::array<std::string_view, 7> kExact{"=", "==", "===", "-", "@", ":", "#"};
  if (version.empty() || version.find_first_of("*$`,|<>^~ ") != std::string::npos) return false;
  if (origin == Origin::Repository) return true;
  if (std::ranges::find(kExact, relation) == kExact.end()) return false;
  const std::size_t digit = version.starts_with('v') ? 1 : 0;
  return digit < version.size() && is_digit(version[digit]) && !version.ends_with(".x");
}

Package read_package(const shell::Word& word, std::string_view text, Notation notation) {
  const std::string_view written = word.text;
  Package package;
  package.range = word.range;
  Parts parts = parts_of(written, notation);
  // `name[extra]` is a pattern to the shell, and yet a package.
  const bool computed = written.find_first_of("$`") < parts.name_end;
  if (!word.literal && computed) parts = whole(written, Origin::Computed);
  package.origin = parts.origin;
  package.name = written.substr(parts.name_begin, parts.name_end - parts.name_begin);
  package.name_range = place(word, text, parts.name_begin, parts.name_end);
  package.version_range = {word.range.end, word.range.end};
  if (parts.version_begin >= parts.version_end) return package;
  package.version = written.substr(parts.version_begin, parts.version_end - parts.version_begin);
  package.version_range = place(word, text, parts.version_begin, parts.version_end);
  // Between the name and the relation may be an architecture or extras.
  const std::string_view between = written.substr(parts.name_end, parts.version_begin - parts.name_end);
  const std::size_t before = between.find_last_not_of("<>=!~@:#/- \t");
  for (const char c : between.substr(before == kNone ? 0 : before + 1))
    if (c != ' ' && c != '\t') package.relation += c;
  return package;
}

}  // namespace quaymaster::packages
