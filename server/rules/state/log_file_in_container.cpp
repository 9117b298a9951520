#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"
#include "rules/support/start_text.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule log_file_in_container;
namespace {

constexpr std::string_view kOptions[] = {"--access-logfile", "--error-logfile", "--log-file",
                                         "--logfile",        "--logpath",       "--log-path",
                                         "--logto",          "--log_file",      "--access-log"};

bool is_log_option(std::string_view name) {
  return std::find(std::begin(kOptions), std::end(kOptions), name) != std::end(kOptions);
}

/// Whether `path` is a file that logs are written to, going by its name. What is a device leaves the container.
bool is_log_path(std::string_view path) {
  if (path.empty() || path.find_first_of("$`%") != std::string_view::npos) return false;
  if (path.starts_with("/dev/") || path.starts_with("/proc/")) return false;
  if (path.ends_with(".log") || path.ends_with(".out") || path.ends_with(".err")) return true;
  const std::string lower = ascii_lower("/" + std::string(path));
  return lower.find("/log/") != std::string::npos || lower.find("/logs/") != std::string::npos ||
         lower.ends_with("/log");
}

/// A folder for nothing but logs.
bool is_log_folder(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path == "/var/log" || path.starts_with("/var/log/") || path.ends_with("/logs") || path.ends_with("/log");
}

/// The value of an option for a log, when it is a file.
bool is_log_file(std::string_view path) {
  return is_log_path(path) || (path.starts_with('/') && !path.starts_with("/dev/") && !path.starts_with("/proc/"));
}

std::string message_of(std::string_view path) { return quoted(path, 44) + " grows in the container: nobody reads it"; }

/// The fix that takes the redirection to the log away, and with it the one that sends errors after it (`2>&1`). Others
/// stay: what they mean must not depend on it.
std::vector<Fix> without_redirection(const shell::Text& text, const shell::Command& command, std::size_t log) {
  std::size_t end = log + 1;
  const std::vector<shell::Redirection>& all = command.redirections;
  if (end < all.size() && all[end].op.ends_with(">&")) ++end;
  const auto copies = [](const shell::Redirection& redirection) {
    return redirection.op.find('&') != std::string::npos;
  };
  if (std::any_of(all.begin() + static_cast<std::ptrdiff_t>(end), all.end(), copies)) return {};
  TextRange range = all[log].range;
  if (range.begin < command.words.back().range.end) return {};
  const std::string& bytes = text.source.text.bytes();
  while (range.begin > 0 && (bytes[range.begin - 1] == ' ' || bytes[range.begin - 1] == '\t')) --range.begin;
  for (std::size_t i = log + 1; i < end; ++i) {
    const std::string_view gap = slice(bytes, {range.end, all[i].range.begin});
    if (gap.find_first_not_of(" \t") != std::string_view::npos) return {};
    range.end = all[i].range.end;
  }
  std::optional<Edit> edit = text.edit(range, "");
  if (!edit) return {};
  return {{.title = "Let the log go to the container's output",
           .applicability = Applicability::Unsafe,
           .edits = {*std::move(edit)},
           .caveat = "Whatever reads the file today finds it no more. Settings of the program may still write one."}};
}

void check_command(const container::Container& container, const container::StartCommand& start,
                   const shell::Command& command, RuleContext& ctx) {
  const auto lost = [&](const shell::Word& word) { return word.literal && !may_be_mounted(word.text, container); };
  for (std::size_t i = 0; i < command.redirections.size(); ++i) {
    const shell::Redirection& redirection = command.redirections[i];
    if (redirection.op.find('>') == std::string::npos || redirection.op.ends_with(">&")) continue;
    if (!is_log_path(redirection.target.text) || !lost(redirection.target)) continue;
    ctx.report({.variant = "redirection",
                .range = start.text.in_file(redirection.target.range),
                .message = message_of(redirection.target.text),
                .fixes = start.shared ? std::vector<Fix>() : without_redirection(start.text, command, i)});
    break;
  }
  const std::vector<shell::Word>& words = command.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    const std::size_t equals = word.find('=');
    if (!is_log_option(word.substr(0, equals)) || !words[i].literal) continue;
    const bool apart = equals == std::string_view::npos;
    if (apart && i + 1 == words.size()) break;
    const shell::Word& value = words[apart ? i + 1 : i];
    const std::string_view path = apart ? std::string_view(value.text) : word.substr(equals + 1);
    if (!value.literal || !is_log_file(path) || may_be_mounted(path, container)) continue;
    ctx.report({.variant = "option", .range = start.text.in_file(value.range), .message = message_of(path)});
  }
}

bool names_log(std::string_view name) {
  for (const std::string_view end : {"LOG_FILE", "LOGFILE", "LOG_PATH", "LOG_DIR", "LOGS_DIR", "LOG_FILE_PATH"})
    if (name.ends_with(end)) return true;
  return false;
}

void check_environment(const container::Container& container, RuleContext& ctx) {
  for (const container::EnvironmentEntry& entry : container.environment) {
    if (!entry.value || !entry.literal || !names_log(entry.name)) continue;
    const std::string& path = *entry.value;
    if (!path.starts_with('/') || path.starts_with("/dev/") || path.starts_with("/proc/")) continue;
    if (path.find('$') != std::string::npos || may_be_mounted(path, container)) continue;
    ctx.report({.variant = "variable", .range = entry.value_range, .message = message_of(path)});
  }
}

/// Programs that read the logs of others.
bool collects_logs(const container::Container& container) {
  constexpr std::string_view kParts[] = {"promtail", "fluent",  "filebeat", "logstash",  "vector",   "loki",
                                         "alloy",    "datadog", "telegraf", "fail2ban",  "crowdsec", "goaccess",
                                         "syslog",   "logs",    "logger",   "logrotate", "graylog"};
  const std::string image = container.image ? container.image->reference.canonical_name() : std::string();
  return contains_any(container.name, kParts) || contains_any(image, kParts);
}

/// Folders for logs that a volume or the host keeps.
void check_mounts(const container::Container& container, RuleContext& ctx) {
  if (container.kind != container::Container::Kind::Service || collects_logs(container)) return;
  for (const container::Mount& mount : container.mounts) {
    const bool kept =
        mount.kind == container::Mount::Kind::HostPath || mount.kind == container::Mount::Kind::NamedVolume;
    if (!kept || !mount.known || mount.read_only || !is_log_folder(mount.target)) continue;
    if (mount.source.starts_with("/var/log")) continue;  // the host's own logs
    ctx.report({.variant = "mounted-folder",
                .range = mount.target_range.empty() ? mount.range : mount.target_range,
                .message = quoted(mount.target, 40) + " is kept for logs: files that nobody collects or cuts"});
  }
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.template_only) return;
  for (const container::StartCommand* start : start_texts(container))
    for (const shell::Command& command : start->text.script->commands) check_command(container, *start, command, ctx);
  check_environment(container, ctx);
  check_mounts(container, ctx);
}

}  // namespace

constinit const Rule log_file_in_container = checked({
    .name = "log-file-in-container",
    .family = Family::State,
    .title = "The container writes its log to a file of its own.",
    .consequence =
        "The service fails in the night and is replaced. In the morning `docker logs` and the log system show "
        "nothing, because the last words of the program were in a file that was thrown away with the container. And as "
        "long as it runs, the file grows: nobody rotates it, and one day the disk of the node is full.",
    .fine_when = "Another container reads the file through a volume that it shares with this one; or it is no log for "
                 "people, but data that the service itself reads again.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "redirection",
                  .summary = "The output of a program is sent to a file at start.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}}},
                 {.name = "option",
                  .summary = "An option of the program names a log file.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}}},
                 {.name = "variable",
                  .summary = "A variable of the environment names a log file or a folder for logs.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}}},
                 {.name = "mounted-folder",
                  .summary = "A folder of the host or a volume is mounted for log files.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Compose}},
    .references = {"https://12factor.net/logs", "https://docs.docker.com/engine/logging/",
                   "https://kubernetes.io/docs/concepts/cluster-administration/logging/"},
    .examples =
        {{"a redirection", "Dockerfile", "FROM debian:12.8\nCMD exec /app/server >> <|/var/log/app.log|> 2>&1\n",
          "FROM debian:12.8\nCMD exec /app/server\n"},
         {"an option", "Dockerfile",
          "FROM python:3.13.0\nCMD [\"gunicorn\", \"--access-logfile\", \"<|/var/log/access.log|>\", \"app:app\"]\n"},
         {"the container's output", "Dockerfile",
          "FROM python:3.13.0\nCMD [\"gunicorn\", \"--access-logfile\", \"-\", \"--log-file=/dev/stderr\", \"app\"]\n"},
         {"a volume", "Dockerfile",
          "FROM debian:12.8\nVOLUME /var/log\nCMD exec /app/server > /var/log/app.log 2>&1\n"},
         {"other files", "Dockerfile",
          "FROM debian:12.8\nCMD envsubst < a.conf > /etc/a.conf && nginx > /dev/null && ls > out.txt\n"},
         {"a service", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    environment:\n      APP_LOG_FILE: <|/logs/app.log|>\n"
          "    command: sh -c 'node server.js > <|server.log|>'\n",
          "services:\n  web:\n    image: shop/web:3.1.0\n    environment:\n      APP_LOG_FILE: /logs/app.log\n"
          "    command: sh -c 'node server.js'\n"},
         {"the log alone", "Dockerfile",
          "FROM debian:12.8\nCMD exec /app/server < /etc/app.conf > <|/var/log/app.log|> 2>&1\n",
          "FROM debian:12.8\nCMD exec /app/server < /etc/app.conf\n"},
         {"errors alone", "Dockerfile", "FROM debian:12.8\nCMD exec /app/server > /dev/null 2> <|/var/log/err.log|>\n",
          "FROM debian:12.8\nCMD exec /app/server > /dev/null\n"},
         {"a folder of the host", "compose.yaml",
          "services:\n  web:\n    image: nginx:1.27.2\n    volumes:\n      - ./log:<|/var/log/nginx|>\n"},
         {"who collects, reads, or has the host's logs", "compose.yaml",
          "services:\n  promtail:\n    image: grafana/promtail:3.3.2\n    volumes: [\"./log:/var/log/nginx\"]\n  a:\n"
          "    image: shop/a:3.1.0\n    volumes: [\"./log:/var/log/nginx:ro\", \"/var/log:/var/log\"]\n"},
         {"logs on a volume", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    volumes: [logs:<|/logs|>]\n    environment:\n      "
          "APP_LOG_FILE: /logs/app.log\nvolumes:\n  logs:\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [mongod, <|--logpath=/var/log/mongod.log|>]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
