#include <algorithm>
#include <array>

#include "quaymaster/rule.h"

namespace quaymaster {
namespace {

struct FamilyText {
  std::string_view slug;
  std::string_view title;
  std::string_view summary;
};

constexpr std::array<FamilyText, kFamilyCount> kFamilies{{
    {"immutability", "Changing containers instead of images",
     "Containers are stamped out from an image that never changes, and thrown away; what changes them while they run "
     "is "
     "lost, or differs from one to the next."},
    {"single-service", "Several services in one container",
     "A container has one purpose and one service, so that it can be started, watched, scaled and replaced on its "
     "own."},
    {"configuration", "Hardcoded configuration",
     "The same image runs everywhere; what differs between places comes in when the container starts."},
    {"state", "Data kept in the container", "Data and logs leave the container while it runs, or are lost with it."},
    {"isolation", "Trusting the container as a sandbox",
     "A container shares the kernel of its host; what it is allowed to do there is all that keeps it in."},
    {"parity", "Different images for development and production",
     "One image moves through the pipeline, so that what was tested is what runs."},
    {"bill-of-materials", "No fixed bill of materials",
     "An image is a fixed list of parts and needs, which gives the same result today, tomorrow and on any machine."},
    {"correctness", "What the tools refuse or misread",
     "The file says something that the builder, Compose or the API server refuses, ignores or takes for something "
     "else."},
}};

constexpr std::array<std::string_view, kPresetCount> kPresets{"recommended", "strict",       "hadolint",
                                                              "buildkit",    "pss-baseline", "pss-restricted"};

const FamilyText& text_of(Family family) { return kFamilies[static_cast<std::size_t>(family)]; }

}  // namespace

std::string_view slug(Family family) { return text_of(family).slug; }
std::string_view title(Family family) { return text_of(family).title; }
std::string_view summary(Family family) { return text_of(family).summary; }

std::optional<Family> parse_family(std::string_view slug) {
  const auto* found = std::ranges::find(kFamilies, slug, &FamilyText::slug);
  if (found == kFamilies.end()) return std::nullopt;
  return static_cast<Family>(found - kFamilies.begin());
}

std::string_view to_string(Preset preset) { return kPresets[static_cast<std::size_t>(preset)]; }

std::optional<Preset> parse_preset(std::string_view name) {
  const auto* found = std::ranges::find(kPresets, name);
  if (found == kPresets.end()) return std::nullopt;
  return static_cast<Preset>(found - kPresets.begin());
}

}  // namespace quaymaster
