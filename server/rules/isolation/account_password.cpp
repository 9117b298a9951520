#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule account_password;
namespace {

struct Found {
  std::string_view variant;
  TextRange range;  ///< in the bytes of the script: never the password
  std::string message;
  bool by_checkov = false;
};

/// Whether what stands behind `option` is no password but a lock, with which nobody gets in: `*`, `!`, `!!`.
bool is_lock(const shell::Command& command, const shell::Word& option) {
  const std::string_view word = option.text;
  std::string_view value;
  if (const std::size_t equals = word.find('='); word.starts_with("--")) {
    if (equals != std::string_view::npos) value = word.substr(equals + 1);
  } else {
    value = word.substr(word.find('p') + 1);
  }
  const auto at = static_cast<std::size_t>(&option - command.words.data());
  if (value.empty() && at + 1 < command.words.size()) value = command.words[at + 1].text;
  return value == "*" || value == "!" || value == "!!" || value == "x";
}

/// The word of the option that gives an account a password, or takes it away: `useradd -p`, `passwd -d`.
const shell::Word* password_option(const shell::Command& command) {
  const std::string_view name = command.name();
  if (name == "useradd" || name == "usermod") return command.option("--password", 'p');
  if (name == "passwd") return command.option("--delete", 'd');
  return nullptr;
}

std::optional<Found> find_password(const std::vector<shell::Command>& commands, std::size_t index) {
  const shell::Command& command = commands[index];
  const std::string_view name = command.name();
  const TextRange program = command.words.front().range;
  const bool piped = index > 0 && command.connector == shell::Connector::Pipe;
  if (command.option("--help", 'h') != nullptr) return std::nullopt;
  if (name == "chpasswd" || (name == "passwd" && (piped || command.option("--stdin") != nullptr))) {
    return Found{"login", program, "`" + std::string(name) + "`: an account to log in to, the same in all containers",
                 name == "chpasswd"};
  }
  const shell::Word* option = password_option(command);
  if (option == nullptr || (name != "passwd" && is_lock(command, *option))) return std::nullopt;
  if (name == "passwd")
    return Found{"option", option->range, "`passwd -d`: the account can be entered without a password"};
  return Found{"option", option->range,
               "`" + std::string(name) + " -p`: everybody who has the image can try this password"};
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::vector<shell::Command>& commands = build.text.script->commands;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    std::optional<Found> found = find_password(commands, i);
    if (!found) continue;
    Report report{
        .variant = found->variant, .range = build.text.in_file(found->range), .message = std::move(found->message)};
    if (!found->by_checkov) report.aliases.emplace();
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule account_password = checked({
    .name = "account-password",
    .family = Family::Isolation,
    .title = "The build gives an account a password.",
    .consequence =
        "`root:root` was meant for a quick look with SSH. The image is pulled by others, the port is published by "
        "mistake, and a scanner of the internet needs two seconds to try it. And the password cannot be changed "
        "without a new image: it is the same in every container, and in the history of the registry for ever.",
    .fine_when = "The image is a target for tests, and never runs where anybody else can reach it.",
    .variants = {{.name = "option",
                  .summary = "An option sets the password of an account, or takes it away.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "login",
                  .summary = "An account is given a password from a pipe or a file.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "checkov:CKV2_DOCKER_17"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://manpages.debian.org/bookworm/passwd/chpasswd.8.en.html",
                   "https://docs.docker.com/build/building/secrets/"},
    .examples = {{"a password for root", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update && echo 'root:root' | <|chpasswd|>\n"},
                 {"no password for root", "Dockerfile", "FROM debian:12.8\nRUN passwd <|-d|> root\n"},
                 {"an encrypted password", "Dockerfile", "FROM debian:12.8\nRUN useradd -m <|-p|> '$6$x$y' app\n"},
                 {"a password from elsewhere", "Dockerfile",
                  "FROM debian:12.8\nARG PASSWORD\nRUN echo \"app:$PASSWORD\" | <|chpasswd|>\n"
                  "RUN <|chpasswd|> < accounts.txt\n"},
                 {"an account without a login", "Dockerfile",
                  "FROM debian:12.8\nRUN useradd --system app && adduser --disabled-password b && passwd -l root\n"},
                 {"an account that is locked", "Dockerfile",
                  "FROM debian:12.8\nRUN useradd -m -p '*' app && usermod --password='!' b && useradd -Mp '*' c\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
