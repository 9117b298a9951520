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

/// The value of an option for a log, when it is a file.
bool is_log_file(std::string_view path) {
  return is_log_path(path) || (path.starts_with('/') && !path.starts_with("/dev/") && !path.starts_with("/proc/"));
}

std::string message_of(std::string_view path) { return quoted(path, 44) + " grows in the container: nobody reads it"; }

/// The fix that takes all redirections of a command away, when they stand behind its words and only send what the
/// program says to the file.
std::vector<Fix> without_redirections(const shell::Text& text, const shell::Command& command) {
  TextRange range{command.words.back().range.end, command.words.back().range.end};
  for (const shell::Redirection& redirection : command.redirections) {
    if (redirection.op.find('>') == std::string::npos || redirection.range.begin < range.end) return {};
    const std::string_view gap = slice(text.source.text.bytes(), {range.end, redirection.range.begin});
    if (gap.find_first_not_of(" \t") != std::string_view::npos) return {};
    range.end = redirection.range.end;
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
  for (const shell::Redirection& redirection : command.redirections) {
    if (redirection.op.find('>') == std::string::npos || redirection.op.ends_with(">&")) continue;
    if (!is_log_path(redirection.target.text) || !lost(redirection.target)) continue;
    ctx.report({.variant = "redirection",
                .range = start.text.in_file(redirection.target.range),
                .message = message_of(redirection.target.text),
                .fixes = start.shared ? std::vector<Fix>() : without_redirections(start.text, command)});
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

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.template_only) return;
  for (const container::StartCommand* start : start_texts(container))
    for (const shell::Command& command : start->text.script->commands) check_command(container, *start, command, ctx);
  check_environment(container, ctx);
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
                  .presets = {{Preset::Strict, Severity::Information}}}},
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
         {"logs on a volume", "compose.yaml",
          "services:\n  web:\n    image: shop/web:3.1.0\n    volumes: [logs:/logs]\n    environment:\n      "
          "APP_LOG_FILE: /logs/app.log\nvolumes:\n  logs:\n"},
         {"a pod", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      command: [mongod, <|--logpath=/var/log/mongod.log|>]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
