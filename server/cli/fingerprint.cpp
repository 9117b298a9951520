#include "cli/fingerprint.h"

#include <cstdint>
#include <initializer_list>
#include <map>

#include "cli/formats/places.h"

namespace quaymaster::cli {
namespace {

/// FNV-1a with 64 bits over the parts, each with its end.
std::uint64_t hash_of(std::initializer_list<std::string_view> parts) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t hash = 0xcbf29ce484222325;
  const auto add = [&hash](unsigned char byte) { hash = (hash ^ byte) * kPrime; };
  for (const std::string_view part : parts) {
    for (const char c : part) add(static_cast<unsigned char>(c));
    add(0);
  }
  return hash;
}

std::string hexadecimal(std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= 16) *digit = kDigits[number % 16];
  return text;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") + 1 - begin);
}

}  // namespace

std::vector<std::string> fingerprints_of(const CheckedFile& file, std::string_view path) {
  const Places places(file.analysis, PositionEncoding::Utf8);
  std::map<std::uint64_t, std::uint32_t> seen;
  std::vector<std::string> fingerprints;
  fingerprints.reserve(file.analysis.diagnostics.size());
  for (const Diagnostic& finding : file.analysis.diagnostics) {
    const std::string line = masked_slice(file.analysis, places.line_of(finding.range));
    const std::string code = code_of(finding);
    const std::uint64_t first = hash_of({path, code, finding.message, trimmed(line)});
    const std::uint32_t before = seen[first]++;
    fingerprints.push_back(hexadecimal(before == 0 ? first : hash_of({hexadecimal(first), std::to_string(before)})));
  }
  return fingerprints;
}

}  // namespace quaymaster::cli
