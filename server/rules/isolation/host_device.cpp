#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"

namespace quaymaster::rules {
extern const Rule host_device;
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }

/// `/dev/sda1` of `/dev/sda1:/dev/disk:r`, cleaned; nothing for what is no path: the device of another driver.
std::optional<std::string> path_of(std::string_view device) {
  return device.starts_with('/') ? absolute_path(device.substr(0, device.find(':')), "") : std::nullopt;
}

/// Whether the third part, the permissions, lets nobody read or write.
bool grants_nothing(std::string_view device) {
  const std::size_t target = device.find(':');
  const std::size_t mode = target == std::string_view::npos ? target : device.find(':', target + 1);
  if (mode == std::string_view::npos || mode + 1 == device.size()) return false;
  return device.substr(mode + 1).find_first_of("rwW") == std::string_view::npos;
}

/// Disks, what disks are made of, and the log of the kernel: they open without a further capability.
bool is_storage(std::string_view path) {
  constexpr std::string_view kExact[] = {"/dev", "/dev/zfs", "/dev/kmsg", "/dev/char/1:11", "/dev/char/10:237"};
  constexpr std::string_view kBegins[] = {"/dev/nvme",   "/dev/mmcblk",  "/dev/md/",     "/dev/disk/",
                                          "/dev/block/", "/dev/loop",    "/dev/dm-",     "/dev/rbd",
                                          "/dev/zvol/",  "/dev/mapper/", "/dev/mtdblock"};
  constexpr std::string_view kWithLetter[] = {"/dev/sd", "/dev/vd", "/dev/xvd"};
  constexpr std::string_view kWithDigit[] = {"/dev/md", "/dev/zd", "/dev/nbd"};
  const auto followed = [path](std::string_view prefix, bool (*by)(char)) {
    return path.starts_with(prefix) && path.size() > prefix.size() && by(path[prefix.size()]);
  };
  return std::ranges::find(kExact, path) != std::end(kExact) ||
         std::ranges::any_of(kBegins, [path](std::string_view each) { return path.starts_with(each); }) ||
         std::ranges::any_of(kWithLetter, [&](std::string_view each) { return followed(each, is_letter); }) ||
         std::ranges::any_of(kWithDigit, [&](std::string_view each) { return followed(each, is_digit); });
}

/// What to compute or draw with: hardly a way out.
bool is_accelerator(std::string_view path) {
  constexpr std::string_view kFolders[] = {"/dev/dri", "/dev/kfd", "/dev/snd"};
  return path.starts_with("/dev/nvidia") ||
         std::ranges::any_of(kFolders, [path](std::string_view each) { return is_in_folder(path, each); });
}

/// Whether a rule of the device control group, `b 8:* rmw`, opens disks, all devices, or the log of the kernel.
bool opens_storage(std::string_view rule) {
  std::vector<std::string_view> words;
  for (std::size_t at = rule.find_first_not_of(' '); at != std::string_view::npos;) {
    const std::size_t end = std::min(rule.find(' ', at), rule.size());
    words.push_back(rule.substr(at, end - at));
    at = rule.find_first_not_of(' ', end);
  }
  if (words.size() != 3 || words[2].find_first_of("rw") == std::string_view::npos) return false;
  if (words[0] == "a" || words[0] == "b") return true;
  constexpr std::string_view kNumbers[] = {"*:*", "1:*", "1:11", "*:11", "10:*", "10:237", "*:237"};
  return words[0] == "c" && std::ranges::find(kNumbers, words[1]) != std::end(kNumbers);
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  for (const compose::Text& device : service.devices) {
    const std::optional<std::string> path = device.known ? path_of(device.text) : std::nullopt;
    if (!path || grants_nothing(device.text)) continue;
    if (is_storage(*path))
      ctx.report(
          {.variant = "storage",
           .range = device.range,
           .message = quoted(service.name, 16) + " gets " + quoted(*path, 24) + " of the host, past all permissions"});
    else if (!is_accelerator(*path))
      ctx.report({.variant = "other",
                  .range = device.range,
                  .message = quoted(service.name, 16) + " gets the device " + quoted(*path, 24) + " of the host"});
  }
  for (const compose::Text& rule : service.device_cgroup_rules) {
    if (!rule.known) continue;
    const bool storage = opens_storage(rule.text);
    ctx.report(
        {.variant = storage ? "storage" : "other",
         .range = rule.range,
         .message = quoted(service.name, 16) + (storage ? " may open disks of the host that it makes a node for"
                                                        : " may open every device of the host with these numbers")});
  }
}

}  // namespace

constinit const Rule host_device = checked({
    .name = "host-device",
    .family = Family::Isolation,
    .title = "The container gets a device of the host.",
    .consequence =
        "The monitoring container gets `/dev/sda`, to read the state of the disk. A hole in it lets somebody read the "
        "disk "
        "itself, block by block: the password file, the keys and the databases of everything on the machine, whatever "
        "the permissions of the files say.",
    .fine_when = "The program is about this device, such as a home automation with its radio stick, and the device is "
                 "given by its own name.",
    .fix = FixAvailability::None,
    .variants = {{.name = "storage",
                  .summary = "A disk, all devices, or the log of the kernel.",
                  .severity = Severity::Error,
                  .presets = {{Preset::Recommended, Severity::Error}, {Preset::Strict, Severity::Error}},
                  .aliases = {{Language::Compose, "compose-lint:CL-0016"}},
                  .languages = Language::Compose},
                 {.name = "other",
                  .summary = "Another device; not one to compute, draw or play sounds with.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/reference/compose-file/services/#devices",
                   "https://docs.docker.com/reference/cli/docker/container/run/#device"},
    .examples =
        {{"disks", "compose.yaml",
          "services:\n  smart:\n    image: smart:1.4.2\n    devices:\n      - <|/dev/sda:/dev/sda|>\n"
          "      - \"<|/dev/nvme0n1|>\"\n      - source: <|/dev/disk/by-id/x|>\n        target: /dev/disk\n"},
         {"rules for devices", "compose.yaml",
          "services:\n  usb:\n    image: usb:1.4.2\n    device_cgroup_rules:\n      - <|b 8:* rmw|>\n"
          "      - \"<|c 189:* rmw|>\"\n"},
         {"a radio stick", "compose.yaml",
          "services:\n  home:\n    image: home:1.4.2\n    devices: [\"<|/dev/ttyUSB0:/dev/ttyUSB0|>\"]\n"},
         {"to compute, draw or play with, and what nobody knows", "compose.yaml",
          "services:\n  video:\n    image: video:1.4.2\n    devices:\n      - /dev/dri:/dev/dri\n      - /dev/snd\n"
          "      - /dev/nvidia0\n      - ${DISK}\n      - vendor.example/gpu=all\n      - /dev/sda:/dev/sda:m\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
