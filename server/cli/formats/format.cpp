#include "cli/formats/format.h"

#include <algorithm>
#include <array>

namespace quaymaster::cli {
namespace {

struct NamedFormat {
  std::string_view name;
  FormatReport format;
};
constexpr std::array<NamedFormat, 2> kFormats{{{"text", format_text}, {"json", format_json}}};

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
