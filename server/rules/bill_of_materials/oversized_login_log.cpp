#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule oversized_login_log;
namespace {

/// From here on the files are large: hundreds of bytes for each number below.
constexpr std::uint64_t kLargest = 99'999;

/// The user's number, and the option that says it.
struct Number {
  std::string digits;
  TextRange range;
  bool long_option = false;
};

std::optional<Number> number_of(const shell::Command& command) {
  constexpr std::string_view kValued = "bcdefgGkKpsRPZ";
  const std::vector<shell::Word>& words = command.words;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text == "--uid" && i + 1 < words.size()) return Number{words[i + 1].text, words[i + 1].range, true};
    if (text.starts_with("--uid=")) return Number{std::string(text.substr(6)), words[i].range, true};
    if (text.size() < 2 || text[0] != '-' || text[1] == '-') continue;
    for (std::size_t letter = 1; letter < text.size(); ++letter) {
      if (text[letter] == 'u' && letter + 1 < text.size())
        return Number{std::string(text.substr(letter + 1)), words[i].range};
      if (text[letter] == 'u')
        return i + 1 < words.size() ? std::optional(Number{words[i + 1].text, words[i + 1].range}) : std::nullopt;
      if (kValued.find(text[letter]) != std::string_view::npos) {
        if (letter + 1 == text.size()) ++i;
        break;
      }
    }
  }
  return std::nullopt;
}

/// `$NAME` or `${NAME}` with a value that the Dockerfile gives.
std::string expanded(const std::string& text, const dockerfile::Scope* scope) {
  if (!text.starts_with('$')) return text;
  std::string name = text.substr(1);
  if (name.starts_with('{') && name.ends_with('}')) name = name.substr(1, name.size() - 2);
  const dockerfile::Variable* variable = dockerfile::find_variable(scope, name);
  return variable == nullptr ? std::string() : variable->value.value_or(std::string());
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  for (const shell::Command& command : build.text.script->commands) {
    if (command.name() != "useradd" || command.option("--no-log-init", 'l') != nullptr) continue;
    const std::optional<Number> number = number_of(command);
    if (!number) continue;
    const std::string digits = expanded(number->digits, build.context.scope.get());
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value <= kLargest) continue;
    Report report{.range = build.text.in_file(number->range),
                  .message = "user number " + quoted(digits, 12) + " without `-l` fills the logs of logins with zeros"};
    if (auto edit = insert_word(build, command.words.front().range, "-l"))
      report.fixes.push_back({.title = "Add -l",
                              .applicability = Applicability::Safe,
                              .edits = {std::move(*edit)},
                              .caveat = "`lastlog` and `faillog` do not list the user."});
    if (number->long_option) report.aliases.emplace();
    ctx.report(std::move(report));
  }
}

}  // namespace

constinit const Rule oversized_login_log = checked({
    .name = "oversized-login-log",
    .family = Family::BillOfMaterials,
    .title = "A user with a large number is made without -l.",
    .consequence =
        "`useradd -u 1000123456` writes into /var/log/lastlog and /var/log/faillog at a place that depends on the "
        "number. On a disk the gap before it takes no room; in a layer it may be stored in full. The image grows by "
        "gigabytes, or the build ends with a full disk.",
    .fine_when = "The builder keeps gaps in files as gaps, from the build to the registry and to the node.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning},
                              {Preset::Strict, Severity::Warning},
                              {Preset::Hadolint, Severity::Warning}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3046"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#user",
                   "https://man7.org/linux/man-pages/man8/useradd.8.html"},
    .examples = {{"a large number", "Dockerfile", "FROM debian:12.8\nRUN useradd -m -u <|1000660000|> app\n",
                  "FROM debian:12.8\nRUN useradd -l -m -u 1000660000 app\n"},
                 {"in one word", "Dockerfile", "FROM debian:12.8\nRUN useradd <|-mu123456|> app\n",
                  "FROM debian:12.8\nRUN useradd -l -mu123456 app\n"},
                 {"from an argument", "Dockerfile",
                  "FROM debian:12.8\nARG ID=2000000\nRUN useradd --uid=1000 a && useradd -u <|$ID|> app\n",
                  "FROM debian:12.8\nARG ID=2000000\nRUN useradd --uid=1000 a && useradd -l -u $ID app\n"},
                 {"exec form", "Dockerfile",
                  "FROM debian:12.8\nRUN [\"useradd\", \"--uid\", \"<|1234567|>\", \"app\"]\n",
                  "FROM debian:12.8\nRUN [\"useradd\", \"-l\", \"--uid\", \"1234567\", \"app\"]\n"},
                 {"no log", "Dockerfile", "FROM debian:12.8\nRUN useradd -lmu 1000660000 app\n"},
                 {"an ordinary number", "Dockerfile", "FROM debian:12.8\nRUN useradd -u 10001 app\n"},
                 {"a number that only the build knows", "Dockerfile",
                  "FROM debian:12.8\nARG USER_NUMBER\nRUN useradd -u ${USER_NUMBER} app\n"}},
    .checks = {on(check_run)},
});

}  // namespace quaymaster::rules
