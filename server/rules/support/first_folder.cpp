#include "rules/support/first_folder.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace quaymaster::rules {

bool starts_at_root(const image::Reference& image) {
  constexpr std::string_view kImages[] = {
      "almalinux", "alpine", "amazoncorretto",  "amazonlinux", "archlinux", "buildpack-deps", "busybox",
      "centos",    "debian", "eclipse-temurin", "fedora",      "gcc",       "nginx",          "node",
      "openjdk",   "python", "rockylinux",      "ruby",        "rust",      "scratch",        "ubuntu"};
  const std::string name = image.canonical_name();
  return std::find(std::begin(kImages), std::end(kImages), name) != std::end(kImages);
}

}  // namespace quaymaster::rules
