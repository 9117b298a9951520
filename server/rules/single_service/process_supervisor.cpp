#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "model/kubernetes/config_script.h"
#include "model/kubernetes/kubernetes.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule process_supervisor;
namespace {

using Words = std::span<const shell::Word>;

constexpr std::string_view kSupervisor = "supervisor";
constexpr std::string_view kSystem = "init-system";
constexpr std::string_view kList = "process-list";
constexpr std::string_view kOverlay = "overlay";
constexpr std::string_view kBase = "bundled-base";
constexpr std::string_view kProduct = "bundled-product";

struct Program {
  std::string_view name;
  std::string_view variant;
};
constexpr Program kPrograms[] = {
    {"supervisord", kSupervisor}, {"s6-svscan", kSupervisor},  {"runit", kSupervisor},
    {"runit-init", kSupervisor},  {"runsvdir", kSupervisor},   {"runsvdir-start", kSupervisor},
    {"monit", kSupervisor},       {"circusd", kSupervisor},    {"my_init", kSupervisor},
    {"svscan", kSupervisor},      {"svscanboot", kSupervisor}, {"multirun", kSupervisor},
    {"systemd", kSystem},         {"openrc-init", kSystem},    {"hivemind", kList},
};

/// Whole paths whose last part alone says nothing.
constexpr Program kPaths[] = {
    {"/sbin/init", kSystem},   {"/usr/sbin/init", kSystem}, {"/lib/systemd/systemd", kSystem},
    {"/bin/systemd", kSystem}, {"/sbin/openrc", kSystem},
};

/// Programs that start all processes of a file, with the sub-command for it.
constexpr Program kRunners[] = {
    {"honcho", "start"}, {"foreman", "start"}, {"overmind", "start"}, {"goreman", "start"}, {"forego", "start"}};

/// Images that run several services each, by their own descriptions; `tag_part` must be in the tag.
struct Bundle {
  std::string_view image;
  std::string_view tag_part;
  std::string_view content;
  std::string_view variant = kBase;
};
constexpr Bundle kBundles[] = {
    {"phusion/baseimage", "", "runit, cron, syslog and sshd"},
    {"phusion/passenger-full", "", "nginx, Passenger, cron and Redis"},
    {"phusion/passenger-ruby*", "", "nginx, Passenger and cron"},
    {"phusion/passenger-nodejs", "", "nginx, Passenger and cron"},
    {"phusion/passenger-customizable", "", "nginx, Passenger and cron"},
    {"webdevops/php-nginx*", "", "nginx and PHP-FPM"},
    {"webdevops/php-apache*", "", "Apache and PHP-FPM"},
    {"richarvey/nginx-php-fpm", "", "nginx and PHP-FPM"},
    {"trafex/php-nginx", "", "nginx and PHP-FPM"},
    {"trafex/alpine-nginx-php7", "", "nginx and PHP-FPM"},
    {"wyveo/nginx-php-fpm", "", "nginx and PHP-FPM"},
    {"serversideup/php", "fpm-nginx", "nginx and PHP-FPM"},
    {"serversideup/php", "fpm-apache", "Apache and PHP-FPM"},
    {"tiangolo/uwsgi-nginx*", "", "nginx and uWSGI"},
    {"gitlab/gitlab-ce", "", "nginx, PostgreSQL, Redis and GitLab", kProduct},
    {"gitlab/gitlab-ee", "", "nginx, PostgreSQL, Redis and GitLab", kProduct},
    {"sameersbn/gitlab", "", "nginx, sshd, cron and GitLab", kProduct},
    {"mailserver/docker-mailserver", "", "Postfix, Dovecot and more", kProduct},
    {"mattrayner/lamp", "", "Apache, MySQL and PHP"},
    {"tutum/lamp", "", "Apache, MySQL and PHP"},
    {"fauria/lamp", "", "Apache, MariaDB and PHP"},
};

struct Found {
  std::string_view variant;
  std::string name;
  TextRange range;
};

bool names_file_of_apps(std::string_view argument) {
  return argument.find("ecosystem") != std::string_view::npos || argument.find("pm2") != std::string_view::npos ||
         argument.ends_with(".json") || argument.ends_with(".yml") || argument.ends_with(".yaml") ||
         argument.ends_with(".config.js") || argument.ends_with(".config.cjs");
}

bool is_python(std::string_view program) {
  return program.starts_with("python") && program.find_first_not_of("0123456789.", 6) == std::string_view::npos;
}

/// The words behind the program that are no options.
std::vector<const shell::Word*> operands(Words words) {
  std::vector<const shell::Word*> result;
  for (const shell::Word& word : words.subspan(1))
    if (!word.text.starts_with('-')) result.push_back(&word);
  return result;
}

std::optional<Found> find_supervisor(const shell::Command& command, bool s6_overlay) {
  Words words = working_words(command);
  if (is_python(program_name(words.front())) && words.size() > 1 && words[1].text.starts_with('/'))
    words = words.subspan(1);
  if (words.size() > 2 && words[0].text == "bundle" && words[1].text == "exec") words = words.subspan(2);
  const shell::Word& program = words.front();
  const std::string_view name = program_name(program);
  if (s6_overlay && program.text == "/init") return Found{kOverlay, program.text, program.range};
  for (const Program& known : kPrograms)
    if (known.name == name) return Found{known.variant, std::string(name), program.range};
  for (const Program& known : kPaths)
    if (known.name == program.text || "/usr" + std::string(known.name) == program.text)
      return Found{known.variant, program.text, program.range};
  const std::vector<const shell::Word*> arguments = operands(words);
  for (const Program& runner : kRunners) {
    const bool starts_all = runner.name == name && !arguments.empty() && arguments.front()->text == runner.variant;
    if (!starts_all || (arguments.size() > 1 && !words[words.size() - 2].text.starts_with('-'))) continue;
    return Found{kList, std::string(name) + " start", cover(program.range, arguments.front()->range)};
  }
  if (name != "pm2" && name != "pm2-runtime" && name != "pm2-docker") return std::nullopt;
  for (const shell::Word* argument : arguments)
    if (names_file_of_apps(argument->text))
      return Found{kList, std::string(name), cover(program.range, argument->range)};
  return std::nullopt;
}

std::string message_of(const Found& found) {
  if (found.variant == kSystem) return quoted(found.name) + " boots a whole system in one container";
  if (found.variant == kOverlay) return quoted(found.name) + " of s6-overlay starts whatever services the image has";
  if (found.variant == kList) return quoted(found.name) + " runs all processes of its file in one container";
  return quoted(found.name) + " runs several services in one container";
}

/// Whether the image brings s6-overlay along: it is known to, or settings of s6-overlay are made.
bool has_s6_overlay(const container::Container& container) {
  constexpr std::string_view kMakers[] = {"linuxserver/",   "lscr.io/linuxserver/",    "ghcr.io/linuxserver/",
                                          "homeassistant/", "ghcr.io/home-assistant/", "ghcr.io/hassio-addons/",
                                          "serversideup/"};
  const std::string image =
      container.image && container.image->known ? container.image->reference.canonical_name() : std::string();
  return std::any_of(std::begin(kMakers), std::end(kMakers),
                     [&](std::string_view maker) { return image.starts_with(maker); }) ||
         std::any_of(container.environment.begin(), container.environment.end(),
                     [](const container::EnvironmentEntry& entry) { return entry.name.starts_with("S6_"); });
}

void check_start(const container::StartCommand& start, bool s6_overlay, RuleContext& ctx) {
  for (const shell::Command& command : start.text.script->commands)
    if (const std::optional<Found> found = find_supervisor(command, s6_overlay)) {
      ctx.report({.variant = found->variant, .range = start.text.in_file(found->range), .message = message_of(*found)});
      return;
    }
}

void check_container(const container::Container& container, RuleContext& ctx) {
  for (const container::StartCommand* start : start_texts(container))
    check_start(*start, has_s6_overlay(container), ctx);
}

/// Scripts that stand in a ConfigMap and are run from there.
void check_manifests(const kubernetes::File& file, RuleContext& ctx) {
  for (const kubernetes::MountedScript& mounted : mounted_scripts(file))
    check_start(mounted.script, has_s6_overlay(*mounted.container), ctx);
}

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern.ends_with('*')) return name.starts_with(pattern.substr(0, pattern.size() - 1));
  return name == pattern;
}

void check_image(const container::ImageUse& image, RuleContext& ctx) {
  if (image.built || !image.known || image.role == container::ImageUse::Role::CopyFrom) return;
  if (const dockerfile::Context* context = ctx.instruction_context(); context != nullptr && !context->ships) return;
  const std::string name = image.reference.canonical_name();
  for (const Bundle& bundle : kBundles) {
    if (!matches(name, bundle.image) || image.reference.tag.find(bundle.tag_part) == std::string::npos) continue;
    ctx.report({.variant = bundle.variant,
                .range = image.name_range,
                .message = quoted(name) + " runs " + std::string(bundle.content) + " in one container"});
    return;
  }
}

}  // namespace

constinit const Rule process_supervisor = checked({
    .name = "process-supervisor",
    .family = Family::SingleService,
    .title = "A supervisor runs several services in one container.",
    .consequence =
        "The worker beside the web server runs out of memory and is restarted by the supervisor, again and again, all "
        "night. The container looks healthy the whole time, since its first process is the supervisor. When the queue "
        "grows, the worker cannot be scaled: a second copy of everything comes along. And the logs of all services "
        "arrive mixed, or in files that nobody collects.",
    .fine_when =
        "The image is a product that its makers ship as one piece, or a test of what runs under systemd on servers.",
    .fix = FixAvailability::None,
    .variants = {{.name = "supervisor",
                  .summary = "The container starts a process supervisor: supervisord, s6, runit, monit.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "init-system",
                  .summary = "The container boots an init system such as systemd.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "overlay",
                  .summary = "The container starts s6-overlay, which is often there for one service alone.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}}},
                 {.name = "process-list",
                  .summary = "The container starts all processes of a file: a Procfile, a list of apps for pm2.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}}},
                 {.name = "bundled-base",
                  .summary = "The image is made to be built on, and runs several services.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Recommended, Severity::Information}, {Preset::Strict, Severity::Information}}},
                 {.name = "bundled-product",
                  .summary = "The image is a finished product that runs several services.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}}}},
    .references = {"https://docs.docker.com/engine/containers/multi-service_container/",
                   "https://docs.docker.com/build/building/best-practices/#decouple-applications"},
    .examples =
        {{"supervisord", "Dockerfile",
          "FROM debian:12.8\nRUN apt-get update && apt-get install -y nginx supervisor\nCMD "
          "[\"<|/usr/bin/supervisord|>\", "
          "\"-n\"]\n"},
         {"behind an init process", "Dockerfile",
          "FROM debian:12.8\nENTRYPOINT [\"tini\", \"--\"]\nCMD exec <|s6-svscan|> /etc/s6\n"},
         {"systemd", "Dockerfile", "FROM fedora:41\nENTRYPOINT [\"<|/usr/lib/systemd/systemd|>\"]\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM debian:12.8 AS all-in-one\nCMD [\"supervisord\"]\nFROM nginx:1.27.2\n"},
         {"an init process for one service", "Dockerfile",
          "FROM node:22.11.0\nENTRYPOINT [\"dumb-init\", \"--\"]\nCMD [\"node\", \"server.js\"]\n"},
         {"a base with services in it", "Dockerfile", "FROM <|phusion/baseimage|>:noble-1.0.2\nCMD [\"/app\"]\n"},
         {"a file of apps", "Dockerfile", "FROM node:22.11.0\nCMD [\"<|pm2-runtime\", \"ecosystem.config.js|>\"]\n"},
         {"one app under pm2", "Dockerfile", "FROM node:22.11.0\nCMD [\"pm2-runtime\", \"server.js\"]\n"},
         {"a Procfile", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: bundle exec <|foreman start|> -f "
          "Procfile.prod\n"},
         {"one process of a Procfile", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    command: honcho start web\n"},
         {"an image with services in it", "compose.yaml",
          "services:\n  app:\n    image: <|webdevops/php-nginx|>:8.3-alpine\n"},
         {"a product in one piece", "compose.yaml", "services:\n  git:\n    image: <|gitlab/gitlab-ce|>:18.6.1-ce.0\n"},
         {"s6-overlay", "Dockerfile",
          "FROM debian:12.8\nENV S6_KEEP_ENV=1\nCOPY services /etc/s6-overlay\nENTRYPOINT [\"<|/init|>\"]\n"},
         {"any program called init", "Dockerfile", "FROM debian:12.8\nCOPY init /init\nENTRYPOINT [\"/init\"]\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [\"sh\", \"-c\", \"chown -R app /data && exec <|supervisord|> -c "
          "/etc/s.conf\"]\n"}},
    .checks = {on(check_container), on(check_manifests), on(check_image)},
});

}  // namespace quaymaster::rules
