#include "lsp/uri.h"

#include <algorithm>
#include <optional>

#include "workspace/path.h"

namespace quaymaster::lsp {
namespace {

struct UriParts {
  std::string_view scheme;  // empty for something that is no URI
  std::string_view authority;
  std::string_view path;  // with query and fragment, which an editor's virtual documents tell apart by
};

UriParts split(std::string_view uri) {
  UriParts parts;
  const std::size_t colon = uri.find(':');
  if (colon != std::string_view::npos && uri.find('/') > colon) {
    parts.scheme = uri.substr(0, colon);
    uri.remove_prefix(colon + 1);
  }
  if (uri.starts_with("//")) {
    const std::size_t end = std::min(uri.find('/', 2), uri.size());
    parts.authority = uri.substr(2, end - 2);
    uri.remove_prefix(end);
  }
  parts.path = uri;
  return parts;
}

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return std::nullopt;
}

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (low) {
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

/// The host, where it is not this one: `file://localhost/x` is `file:///x` (RFC 8089).
std::string host_of(const UriParts& parts) {
  std::string host = lower(percent_decoded(parts.authority));
  if (host == "localhost" && lower(parts.scheme) == "file") host.clear();
  return host;
}

/// The letter of a Windows drive has no case.
std::string with_small_drive(std::string path) {
  if (path.size() > 2 && path[0] == '/' && path[2] == ':') path[1] = lower(path.substr(1, 1))[0];
  return path;
}

}  // namespace

std::string path_of(std::string_view uri) {
  const UriParts parts = split(uri);
  return percent_decoded(parts.path.substr(0, parts.path.find_first_of("?#")));
}

std::string file_of(std::string_view uri) {
  const UriParts parts = split(uri);
  if (lower(parts.scheme) != "file" || !host_of(parts).empty()) return {};
  const std::string path = path_of(uri);
  return path.starts_with('/') ? with_small_drive(workspace::normalized(path)) : std::string();
}

std::string uri_of_file(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : path) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter || std::string_view("/-._~").find(c) != std::string_view::npos) {
      uri += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    uri += '%';
    uri += kHex[byte >> 4U];
    uri += kHex[byte & 15U];
  }
  return uri;
}

std::string document_key(std::string_view uri) {
  const UriParts parts = split(uri);
  if (std::string file = file_of(uri); !file.empty() && parts.path.find_first_of("?#") == std::string_view::npos)
    return "file://" + file;
  return lower(parts.scheme) + "://" + host_of(parts) + with_small_drive(percent_decoded(parts.path));
}

}  // namespace quaymaster::lsp
