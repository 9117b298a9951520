#include "model/container/shift.h"

namespace quaymaster::container {
namespace {

void move(TextRange& range, std::uint32_t by) { range = range.shifted(by); }
void move(std::optional<TextRange>& range, std::uint32_t by) {
  if (range) range = range->shifted(by);
}
void move(shell::Text& text, std::uint32_t by) { text.source.text = text.source.text.shifted(by); }

}  // namespace

ImageUse shifted(ImageUse image, std::uint32_t by) {
  move(image.range, by);
  move(image.name_range, by);
  move(image.tag_range, by);
  move(image.digest_range, by);
  return image;
}

StartCommand shifted(StartCommand start, std::uint32_t by) {
  move(start.anchor, by);
  move(start.range, by);
  move(start.text, by);
  return start;
}

EnvironmentEntry shifted(EnvironmentEntry entry, std::uint32_t by) {
  move(entry.name_range, by);
  move(entry.value_range, by);
  move(entry.item_range, by);
  return entry;
}

UserSetting shifted(UserSetting user, std::uint32_t by) {
  move(user.range, by);
  return user;
}

Mount shifted(Mount mount, std::uint32_t by) {
  move(mount.range, by);
  move(mount.source_range, by);
  move(mount.target_range, by);
  move(mount.propagation_range, by);
  return mount;
}

PortBinding shifted(PortBinding port, std::uint32_t by) {
  move(port.range, by);
  return port;
}

HealthCheck shifted(HealthCheck check, std::uint32_t by) {
  move(check.range, by);
  if (check.command) move(*check.command, by);
  return check;
}

}  // namespace quaymaster::container
