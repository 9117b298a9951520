#include "rules/support/label_formats.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "rules/support/license_names.h"

namespace quaymaster::rules {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

bool is_in(char c, std::string_view characters) { return characters.find(c) != std::string_view::npos; }
bool is_digit(char c) { return is_in(c, kDigits); }
bool is_letter_or_digit(char c) { return is_digit(c) || is_in(c, kLetters); }

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

/// Takes the part before `separator` off `rest`; all of it when there is none.
std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

bool is_host_name(std::string_view name) {
  if (name.empty() || name.ends_with('.')) return false;
  while (!name.empty()) {
    const std::string_view label = take_until(name, '.');
    const bool characters =
        std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
    if (label.empty() || !characters || label.front() == '-' || label.back() == '-') return false;
  }
  return true;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  std::string_view local = text.substr(0, at);
  const std::string_view host = text.substr(at + 1);
  if (local.empty() || local.ends_with('.') || host.find('.') == std::string_view::npos) return false;
  while (!local.empty()) {
    const std::string_view atom = take_until(local, '.');
    const bool characters = std::all_of(
        atom.begin(), atom.end(), [](char c) { return is_letter_or_digit(c) || is_in(c, "!#$%&'*+-/=?^_`{|}~"); });
    if (atom.empty() || !characters) return false;
  }
  return is_host_name(host);
}

/// A commit, whole or short, or a digest.
bool is_hash(std::string_view text) {
  constexpr std::size_t kShort = 7;
  constexpr std::size_t kSha1 = 40;
  constexpr std::size_t kSha256 = 64;
  const bool length = (text.size() >= kShort && text.size() <= kSha1) || text.size() == kSha256;
  return length && consists_of(text, "0123456789abcdef");
}

/// Takes `digits` digits off `rest` as a number; -1 when they are not there.
int take_number(std::string_view& rest, std::size_t digits) {
  if (rest.size() < digits) return -1;
  int number = 0;
  for (const char c : rest.substr(0, digits)) {
    if (!is_digit(c)) return -1;
    number = number * 10 + (c - '0');
  }
  rest.remove_prefix(digits);
  return number;
}

bool take(std::string_view& rest, std::string_view either) {
  if (rest.empty() || !is_in(rest.front(), either)) return false;
  rest.remove_prefix(1);
  return true;
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays.at(static_cast<std::size_t>(month - 1));
}

bool take_date(std::string_view& rest) {
  const int year = take_number(rest, 4);
  if (year < 0 || !take(rest, "-")) return false;
  const int month = take_number(rest, 2);
  if (month < 1 || month > 12 || !take(rest, "-")) return false;
  const int day = take_number(rest, 2);
  return day >= 1 && day <= days_in(year, month);
}

bool take_clock(std::string_view& rest) {
  const int hour = take_number(rest, 2);
  if (hour < 0 || hour > 23 || !take(rest, ":")) return false;
  const int minute = take_number(rest, 2);
  return minute >= 0 && minute <= 59;
}

bool is_timestamp(std::string_view text) {
  if (!take_date(text) || !take(text, "Tt ") || !take_clock(text) || !take(text, ":")) return false;
  const int second = take_number(text, 2);
  if (second < 0 || second > 60) return false;  // 60: a leap second
  if (take(text, ".")) {
    const std::size_t end = std::min(text.find_first_not_of(kDigits), text.size());
    if (end == 0) return false;
    text.remove_prefix(end);
  }
  if (take(text, "Zz")) return text.empty();
  return take(text, "+-") && take_clock(text) && text.empty();
}

bool is_version_number(std::string_view text) {
  return !text.empty() && consists_of(text, kDigits) && (text.size() == 1 || text.front() != '0');
}

/// Identifiers between dots; of a pre-release, numbers have no zeros in front.
bool are_identifiers(std::string_view text, bool pre_release) {
  if (text.empty() || text.ends_with('.')) return false;
  while (!text.empty()) {
    const std::string_view part = take_until(text, '.');
    const bool characters =
        std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
    if (part.empty() || !characters) return false;
    if (pre_release && consists_of(part, kDigits) && !is_version_number(part)) return false;
  }
  return true;
}

bool is_semantic_version(std::string_view text) {
  if (const std::size_t plus = text.find('+'); plus != std::string_view::npos) {
    if (!are_identifiers(text.substr(plus + 1), false)) return false;
    text = text.substr(0, plus);
  }
  if (const std::size_t dash = text.find('-'); dash != std::string_view::npos) {
    if (!are_identifiers(text.substr(dash + 1), true)) return false;
    text = text.substr(0, dash);
  }
  if (std::count(text.begin(), text.end(), '.') != 2) return false;
  const std::string_view major = take_until(text, '.');
  const std::string_view minor = take_until(text, '.');
  return is_version_number(major) && is_version_number(minor) && is_version_number(text);
}

bool is_absolute_uri(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_in(text.front(), kLetters)) return false;
  const std::string_view scheme = text.substr(0, colon);
  if (!std::all_of(scheme.begin(), scheme.end(), [](char c) { return is_letter_or_digit(c) || is_in(c, "+-."); }))
    return false;
  std::string_view rest = text.substr(colon + 1);
  const bool characters = std::all_of(
      rest.begin(), rest.end(), [](char c) { return is_letter_or_digit(c) || is_in(c, "-._~:/?#[]@!$&'()*+,;=%"); });
  if (!characters || rest.empty()) return false;
  if (!rest.starts_with("//")) return scheme != "http" && scheme != "https";
  rest.remove_prefix(2);
  return scheme == "file" || (!rest.empty() && rest.find_first_of("/?#") != 0);
}

}  // namespace

bool has_format(std::string_view value, LabelFormat format) {
  switch (format) {
    case LabelFormat::Text: return true;
    case LabelFormat::Email: return is_email(value);
    case LabelFormat::Hash: return is_hash(value);
    case LabelFormat::Rfc3339: return is_timestamp(value);
    case LabelFormat::SemVer: return is_semantic_version(value);
    case LabelFormat::Spdx: return is_license_expression(value);
    case LabelFormat::Url: return is_absolute_uri(value);
  }
  return true;
}

}  // namespace quaymaster::rules
