#include "cli/fingerprint.h"

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

/// The hashes of what the findings of `file` are when it is called `path`. Equal findings have equal ones.
std::vector<std::uint64_t> hashes_of(const CheckedFile& file, std::string_view path) {
  const Places places(file.analysis, PositionEncoding::Utf8);
  std::vector<std::uint64_t> hashes;
  hashes.reserve(file.analysis.diagnostics.size());
  for (const Diagnostic& finding : file.analysis.diagnostics) {
    const std::string line = masked_slice(file.analysis, places.line_of(finding.range));
    hashes.push_back(hash_of({path, code_of(finding), finding.message, trimmed(line)}));
  }
  return hashes;
}

std::vector<std::uint32_t> repetitions_in(const std::vector<std::uint64_t>& hashes) {
  std::map<std::uint64_t, std::uint32_t> seen;
  std::vector<std::uint32_t> repetitions;
  repetitions.reserve(hashes.size());
  for (const std::uint64_t hash : hashes) repetitions.push_back(seen[hash]++);
  return repetitions;
}

}  // namespace

std::vector<std::uint32_t> repetitions_of(const CheckedFile& file) {
  return file.repetitions.empty() ? repetitions_in(hashes_of(file, file.path)) : file.repetitions;
}

std::vector<std::string> fingerprints_of(const CheckedFile& file, std::string_view path) {
  const std::vector<std::uint64_t> hashes = hashes_of(file, path);
  const std::vector<std::uint32_t> repetitions = file.repetitions.empty() ? repetitions_in(hashes) : file.repetitions;
  std::vector<std::string> fingerprints;
  fingerprints.reserve(hashes.size());
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::string first = hexadecimal(hashes[i]);
    fingerprints.push_back(repetitions[i] == 0 ? first : hexadecimal(hash_of({first, std::to_string(repetitions[i])})));
  }
  return fingerprints;
}

}  // namespace quaymaster::cli
