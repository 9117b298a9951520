#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/compose.h"
#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
extern const Rule idle_container;
namespace {

using Commands = std::vector<const shell::Command*>;

/// What keeps a container alive, and the index of its command.
struct Idling {
  std::size_t index = 0;
  std::string name;
  TextRange range;  ///< in the bytes of the script
};

std::string_view name_of(const shell::Command& command) { return program_name(working_words(command).front()); }

/// "infinity", or a time of an hour and more.
bool is_endless(std::string_view time) {
  if (time.starts_with("inf")) return true;
  const std::size_t digits = std::min(time.find_first_not_of("0123456789"), time.size());
  const std::string_view unit = time.substr(digits);
  if (digits == 0 || unit.size() > 1) return false;
  if (unit == "d" || unit == "h") return true;
  constexpr std::size_t kDigitsOfAnHour = 4;
  if (unit == "m") return digits >= 2 && time.substr(0, digits) >= "60";
  return digits > kDigitsOfAnHour || (digits == kDigitsOfAnHour && time.substr(0, digits) >= "3600");
}

bool is_endless_sleep(const shell::Command& command) {
  const auto words = working_words(command);
  return program_name(words.front()) == "sleep" && words.size() > 1 && is_endless(words[1].text);
}

/// `tail -f FILE`; the file must be /dev/null unless `any_file`.
bool is_following(const shell::Command& command, bool any_file) {
  const auto words = working_words(command);
  if (program_name(words.front()) != "tail" || words.size() < 3) return false;
  const bool follows = std::any_of(words.begin() + 1, words.end(), [](const shell::Word& word) {
    return word.text == "--follow" || word.text == "--retry" ||
           (word.text.size() > 1 && word.text[0] == '-' && word.text[1] != '-' &&
            word.text.find_first_of("fF") != std::string::npos);
  });
  return follows && (any_file || words.back().text == "/dev/null");
}

/// `while true; do sleep N; done`, of which `index` is the sleep: nothing else happens in the loop.
bool is_sleeping_loop(const Commands& commands, std::size_t index) {
  const shell::Command& sleep = *commands[index];
  if (name_of(sleep) != "sleep" || !sleep.conditional || index == 0) return false;
  const shell::Command& before = *commands[index - 1];
  const std::string_view condition = name_of(before);
  return before.conditional && (condition == "true" || condition == ":" || condition == "[" || condition == "test");
}

/// Commands that do nothing that could end: what a script has behind the command that it waits for.
bool is_waiting(std::string_view name) {
  constexpr std::string_view kWaiting[] = {"wait", ":", "true", "exit", "done"};
  return std::find(std::begin(kWaiting), std::end(kWaiting), name) != std::end(kWaiting);
}

bool starts_something(const Commands& commands, std::size_t before) {
  return std::any_of(commands.begin(), commands.begin() + static_cast<std::ptrdiff_t>(before),
                     [](const shell::Command* command) { return !ends_by_itself(name_of(*command)); });
}

TextRange range_of(const shell::Command& command) {
  const auto words = working_words(command);
  return cover(words.front().range, words.back().range);
}

std::optional<Idling> find_idling(const Commands& commands) {
  std::size_t end = commands.size();
  while (end > 0 && is_waiting(name_of(*commands[end - 1]))) --end;
  if (end == 0) return std::nullopt;
  const std::size_t last = end - 1;
  const shell::Command& command = *commands[last];
  if (is_sleeping_loop(commands, last)) return Idling{last - 1, "while true", range_of(command)};
  // An endless loop with work in it, or a branch that is not taken, is something else.
  if (command.conditional || command.connector == shell::Connector::Pipe) return std::nullopt;
  const auto words = working_words(command);
  if (is_endless_sleep(command)) return Idling{last, "sleep " + words[1].text, cover(words[0].range, words[1].range)};
  if (is_following(command, starts_something(commands, last))) {
    std::string name = "tail -f";
    if (words.back().text == "/dev/null") name += " /dev/null";
    return Idling{last, std::move(name), range_of(command)};
  }
  return std::nullopt;
}

/// In a development container an editor runs the commands.
bool is_for_development(const container::Container& container, std::string_view path) {
  return path.find("devcontainer") != std::string_view::npos || is_development_path(path) ||
         names_development(container.name);
}

void report_idling(const container::Container& container, RuleContext& ctx) {
  if (is_for_development(container, ctx.path())) return;
  for (const container::StartCommand* start : start_texts(container)) {
    const Commands commands = own_commands(*start->text.script);
    const std::optional<Idling> idling = find_idling(commands);
    if (!idling) continue;
    const bool behind = starts_something(commands, idling->index);
    ctx.report({.variant = behind ? "behind-service" : "nothing-runs",
                .range = start->text.in_file(idling->range),
                .message = behind ? quoted(idling->name) + " keeps the container alive when what it started has died"
                                  : quoted(idling->name) + " keeps a container alive in which nothing runs"});
  }
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (ctx.language() != Language::Compose) report_idling(container, ctx);
}

/// Into a service that Compose copies changed files into, somebody goes to run them.
void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.watch.empty()) report_idling(service.container, ctx);
}

}  // namespace

constinit const Rule idle_container = checked({
    .name = "idle-container",
    .family = Family::Immutability,
    .title = "The container is kept alive by a command that does nothing.",
    .consequence =
        "Somebody enters the container with `docker exec` and sets things up by hand, as on a server. At the next "
        "deployment all of that is gone, and nobody wrote it down. And when the service that was started beside the "
        "sleeping command crashes at three in the morning, the container still counts as running: nothing restarts "
        "it, nothing reports it.",
    .fine_when =
        "An editor or a pipeline attaches to the container and runs its commands there: a development container, a "
        "toolbox for debugging.",
    .fix = FixAvailability::None,
    .variants = {{.name = "nothing-runs",
                  .summary = "The only thing that the container does is to stay alive.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}},
                 {.name = "behind-service",
                  .summary =
                      "The container lives as long as an idle command, not as long as the service that it started.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}}}},
    .references = {"https://docs.docker.com/build/building/best-practices/#create-ephemeral-containers",
                   "https://docs.docker.com/engine/containers/multi-service_container/"},
    .examples =
        {{"nothing but sleep", "Dockerfile", "FROM debian:12.8\nCMD [\"<|sleep\", \"infinity|>\"]\n"},
         {"a log of nothing", "Dockerfile", "FROM debian:12.8\nCMD <|tail -f /dev/null|>\n"},
         {"a service in the background", "Dockerfile",
          "FROM debian:12.8\nCMD service nginx start && <|tail -F /var/log/nginx/access.log|>\n"},
         {"a pause before the service", "Dockerfile", "FROM debian:12.8\nCMD sleep 5 && exec /app/server\n"},
         {"a follower of a log is a program, too", "Dockerfile",
          "FROM debian:12.8\nENTRYPOINT [\"tail\", \"-f\", \"/data/audit.log\"]\n"},
         {"a loop", "compose.yaml",
          "services:\n  box:\n    image: debian:12.8\n    command: sh -c 'while true; do <|sleep 30|>; done'\n"},
         {"an init process in front", "compose.yaml",
          "services:\n  box:\n    image: debian:12.8\n    entrypoint: [\"tini\", \"--\", \"<|sleep\", \"86400|>\"]\n"},
         {"waiting for a signal", "compose.yaml",
          "services:\n  box:\n    image: debian:12.8\n    command: sh -c \"trap 'exit 0' TERM; <|sleep infinity|> & "
          "wait\"\n"},
         {"with files that are copied into it as they change", "compose.yaml",
          "services:\n  api:\n    build: .\n    command: sleep infinity\n    develop:\n      watch:\n"
          "        - {action: sync, path: ./src, target: /src}\n"},
         {"a container for an editor", ".devcontainer/compose.yaml",
          "services:\n  app:\n    image: debian:12.8\n    command: sleep infinity\n"},
         {"an example of one", "devcontainer-example/compose.yaml",
          "services:\n  app:\n    image: debian:12.8\n    command: sleep infinity\n"},
         {"a loop with work in it", "compose.yaml",
          "services:\n  backup:\n    image: shop/backup:2.0.0\n    command: sh -c 'while true; do /backup; sleep "
          "86400; done'\n"},
         {"a pod to look around in", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: box\nspec:\n  containers:\n    - name: box\n      image: "
          "busybox:1.37.0\n      command:\n        - <|sleep\n        - \"3600|>\"\n"},
         {"a pause before the end", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "nginx:1.27.2\n      lifecycle:\n        preStop:\n          exec:\n            command: [\"sleep\", "
          "\"3600\"]\n"}},
    .checks = {on(check_container), on(check_service)},
});

}  // namespace quaymaster::rules
