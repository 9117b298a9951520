#include "cli/formats/format.h"

#include <algorithm>
#include <array>

namespace quaymaster::cli {
namespace {

struct NamedFormat {
  std::string_view name;
  FormatReport format;
};
constexpr auto kFormats = std::to_array<NamedFormat>({{"text", format_text},
                                                      {"unix", format_unix},
                                                      {"json", format_json},
                                                      {"sarif", format_sarif},
                                                      {"github", format_github},
                                                      {"gitlab", format_gitlab},
                                                      {"checkstyle", format_checkstyle},
                                                      {"junit", format_junit},
                                                      {"rdjson", format_rdjson}});

}  // namespace

FormatReport find_format(std::string_view name) {
  const auto* found = std::ranges::find(kFormats, name, &NamedFormat::name);
  return found == kFormats.end() ? nullptr : found->format;
}

std::vector<std::string> format_names() {
  std::vector<std::string> names;
  names.reserve(kFormats.size());
  for (const NamedFormat& format : kFormats) names.emplace_back(format.name);
  return names;
}

}  // namespace quaymaster::cli
