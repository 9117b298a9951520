#include <algorithm>
#include <string>
#include <vector>

#include "quaymaster/analyzer.h"

namespace quaymaster {
namespace {

constexpr std::string_view kMask = "••••";
/// Shorter secrets are masked at their place only, and so are Booleans: as bytes they stand in too many other words.
constexpr std::size_t kShortestSearched = 4;

std::string_view without_quotes(std::string_view text) {
  const bool quoted = text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return quoted ? text.substr(1, text.size() - 2) : text;
}

}  // namespace

std::string masked_slice(const Analysis& analysis, TextRange range) {
  std::string result;
  std::uint32_t at = range.begin;
  const auto first = std::ranges::upper_bound(analysis.secrets, range.begin, {}, &TextRange::end);
  for (auto each = first; each != analysis.secrets.end() && each->begin < range.end; ++each) {
    const TextRange secret = *each;
    if (secret.begin > at) result += slice(analysis.source.text, {at, secret.begin});
    result += kMask;
    at = std::min(secret.end, range.end);
  }
  if (at < range.end) result += slice(analysis.source.text, {at, range.end});
  return result;
}

std::string mask_secrets(std::string_view text, const Analysis& analysis) {
  std::vector<std::string_view> secrets;
  for (const TextRange range : analysis.secrets) {
    const std::string_view secret = without_quotes(slice(analysis.source.text, range));
    if (secret.size() >= kShortestSearched && secret != "true" && secret != "false") secrets.push_back(secret);
  }
  // The longest first, so that one that contains another is masked as a whole.
  std::ranges::stable_sort(secrets, std::greater<>(), &std::string_view::size);
  std::string result(text);
  for (const std::string_view secret : secrets)
    for (std::size_t at = result.find(secret); at != std::string::npos; at = result.find(secret, at + kMask.size()))
      result.replace(at, secret.size(), kMask);
  return result;
}

std::string masked_text(const Edit& edit, const Analysis& analysis) {
  const bool in_secret = std::ranges::any_of(analysis.secrets, [&](TextRange secret) {
    return !edit.range.empty() && secret.begin <= edit.range.begin && edit.range.end <= secret.end;
  });
  const bool refers = edit.text.find("${") != std::string::npos;
  return in_secret && !refers && !edit.text.empty() ? std::string(kMask) : mask_secrets(edit.text, analysis);
}

}  // namespace quaymaster
