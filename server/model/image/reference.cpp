#include "model/image/reference.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/ascii.h"

namespace quaymaster::image {
namespace {

constexpr std::array<std::string_view, 3> kDefaultRegistries{"docker.io", "index.docker.io", "registry-1.docker.io"};
constexpr std::string_view kLibrary = "library/";

/// Whether the first part of a name that has more parts is a registry. Repositories have no upper-case letters, hosts
/// may.
bool is_registry(std::string_view part) {
  return part == "localhost" || part.find_first_of(".:") != std::string_view::npos || ascii_lower(part) != part;
}

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool is_lower_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }

/// Letters and digits in lower case, between them one '.', one or two '_', or any number of '-'.
bool is_path_part(std::string_view part) {
  bool behind_separator = true;
  for (std::size_t i = 0; i < part.size();) {
    if (is_lower(part[i]) || is_digit(part[i])) {
      behind_separator = false;
      ++i;
      continue;
    }
    if (behind_separator) return false;
    const std::size_t end = std::min(part.find_first_not_of(part[i], i), part.size());
    const std::size_t length = end - i;
    const bool good = part[i] == '-' || (part[i] == '.' && length == 1) || (part[i] == '_' && length <= 2);
    if (!good) return false;
    behind_separator = true;
    i = end;
  }
  return !behind_separator;
}

bool is_host_part(std::string_view part) {
  const auto good = [](char c) { return is_letter(c) || is_digit(c) || c == '-'; };
  return !part.empty() && part.front() != '-' && part.back() != '-' && std::ranges::all_of(part, good);
}

bool is_host(std::string_view registry) {
  std::string_view host = registry;
  if (host.starts_with('[')) {
    const std::size_t close = host.find(']');
    if (close == std::string_view::npos || close == 1) return false;
    if (host.substr(1, close - 1).find_first_not_of("0123456789abcdefABCDEF:") != std::string_view::npos) return false;
    host.remove_prefix(close + 1);
    if (host.empty()) return true;
    return host.starts_with(':') && host.size() > 1 && std::ranges::all_of(host.substr(1), is_digit);
  }
  if (const std::size_t colon = host.find(':'); colon != std::string_view::npos) {
    const std::string_view port = host.substr(colon + 1);
    if (port.empty() || !std::ranges::all_of(port, is_digit)) return false;
    host = host.substr(0, colon);
  }
  while (true) {
    const std::size_t dot = std::min(host.find('.'), host.size());
    if (!is_host_part(host.substr(0, dot))) return false;
    if (dot == host.size()) return true;
    host.remove_prefix(dot + 1);
  }
}

bool is_tag(std::string_view tag) {
  constexpr std::size_t kLongestTag = 128;
  const auto word = [](char c) { return is_letter(c) || is_digit(c) || c == '_'; };
  return !tag.empty() && tag.size() <= kLongestTag && word(tag.front()) &&
         std::ranges::all_of(tag, [&](char c) { return word(c) || c == '.' || c == '-'; });
}

bool is_digest(std::string_view digest) {
  struct Algorithm {
    std::string_view prefix;
    std::size_t length;
  };
  constexpr Algorithm kAlgorithms[] = {{"sha256:", 64}, {"sha384:", 96}, {"sha512:", 128}};
  return std::ranges::any_of(kAlgorithms, [&](const Algorithm& algorithm) {
    return digest.starts_with(algorithm.prefix) && digest.size() == algorithm.prefix.size() + algorithm.length &&
           std::ranges::all_of(digest.substr(algorithm.prefix.size()), is_lower_hex);
  });
}

std::optional<ReferenceError> repository_error(std::string_view repository, std::size_t begin) {
  using Kind = ReferenceError::Kind;
  constexpr std::size_t kLongestName = 255;
  const TextRange all =
      repository.empty() ? range_of(begin > 0 ? begin - 1 : 0, begin + 1) : range_of(begin, begin + repository.size());
  if (ascii_lower(repository) != repository) return ReferenceError{Kind::UpperCase, all};
  if (repository.size() > kLongestName) return ReferenceError{Kind::Repository, all};
  for (std::size_t at = 0; at <= repository.size();) {
    const std::size_t end = std::min(repository.find('/', at), repository.size());
    if (!is_path_part(repository.substr(at, end - at)))
      return ReferenceError{Kind::Repository, at == end ? all : range_of(begin + at, begin + end)};
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace

std::string_view Reference::base_name() const {
  const std::string_view name = repository;
  return name.substr(name.find_last_of('/') + 1);
}

std::string Reference::canonical_name() const {
  const bool by_default =
      registry.empty() || std::ranges::find(kDefaultRegistries, ascii_lower(registry)) != kDefaultRegistries.end();
  if (!by_default) return registry + "/" + repository;
  return repository.starts_with(kLibrary) ? repository.substr(kLibrary.size()) : repository;
}

Reference parse_reference(std::string_view text) {
  Reference reference;
  std::size_t name_end = text.size();
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    reference.digest = text.substr(at + 1);
    reference.digest_range = range_of(at + 1, text.size());
    name_end = at;
  }
  const std::string_view tagged = text.substr(0, name_end);
  const std::size_t last_slash = tagged.find_last_of('/');
  const std::size_t colon = tagged.find_last_of(':');
  if (colon != std::string_view::npos && (last_slash == std::string_view::npos || last_slash < colon)) {
    reference.tag = tagged.substr(colon + 1);
    reference.tag_range = range_of(colon + 1, name_end);
    name_end = colon;
  }
  reference.name_range = range_of(0, name_end);
  std::string_view name = text.substr(0, name_end);
  const std::size_t slash = name.find('/');
  if (slash != std::string_view::npos && is_registry(name.substr(0, slash))) {
    reference.registry = name.substr(0, slash);
    name.remove_prefix(slash + 1);
  }
  reference.repository = name;
  return reference;
}

std::optional<ReferenceError> reference_error(std::string_view text) {
  using Kind = ReferenceError::Kind;
  constexpr std::size_t kIdentifierLength = 64;
  if (text.empty()) return ReferenceError{Kind::Empty, {}};
  if (text.size() == kIdentifierLength && std::ranges::all_of(text, is_lower_hex))
    return ReferenceError{Kind::Identifier, range_of(0, text.size())};
  std::size_t begin = 0;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos && is_registry(text.substr(0, slash))) {
    if (!is_host(text.substr(0, slash))) return ReferenceError{Kind::Registry, range_of(0, slash)};
    begin = slash + 1;
  }
  const std::size_t at = std::min(text.find('@', begin), text.size());
  const std::size_t colon = std::min(text.find(':', begin), at);
  if (auto error = repository_error(text.substr(begin, colon - begin), begin)) {
    error->range.end = std::min(error->range.end, static_cast<std::uint32_t>(text.size()));
    return error;
  }
  // A range is never empty: of what is missing it is the sign before it.
  if (colon < at && !is_tag(text.substr(colon + 1, at - colon - 1)))
    return ReferenceError{Kind::Tag, colon + 1 < at ? range_of(colon + 1, at) : range_of(colon, at)};
  if (at < text.size() && !is_digest(text.substr(at + 1)))
    return ReferenceError{Kind::Digest,
                          at + 1 < text.size() ? range_of(at + 1, text.size()) : range_of(at, text.size())};
  return std::nullopt;
}

}  // namespace quaymaster::image
