#include <array>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_health_check;
namespace {

using dockerfile::Flag;
using dockerfile::Healthcheck;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A length of time as Go writes it, `1h30m`, `1.5s`: not at all readable, too short, or good.
enum class Duration : std::uint8_t { Unreadable, WithoutUnit, TooShort, Good };

Duration duration(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, double>, 8> kUnits{{{"ns", 1e-9},
                                                                       {"us", 1e-6},
                                                                       {"\xC2\xB5s", 1e-6},
                                                                       {"\xCE\xBCs", 1e-6},
                                                                       {"ms", 1e-3},
                                                                       {"s", 1},
                                                                       {"m", 60},
                                                                       {"h", 3600}}};
  constexpr double kShortest = 1e-3;
  if (text.empty() || text == "0") return Duration::Good;
  const bool negative = text.front() == '-';
  if (negative || text.front() == '+') text.remove_prefix(1);
  if (text == "0") return Duration::Good;
  if (text.empty()) return Duration::Unreadable;
  double seconds = 0;
  while (!text.empty()) {
    std::size_t end = 0;
    int points = 0;
    int digits = 0;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) (text[end++] == '.' ? points : digits)++;
    if (digits == 0 || points > 1) return Duration::Unreadable;
    double number = 0;
    std::from_chars(text.data(), text.data() + end, number);
    text.remove_prefix(end);
    if (text.empty()) return Duration::WithoutUnit;
    bool found = false;
    for (const auto& [unit, factor] : kUnits) {
      if (found || !text.starts_with(unit)) continue;
      const std::string_view rest = text.substr(unit.size());
      if (!rest.empty() && !is_digit(rest.front()) && rest.front() != '.') continue;
      seconds += number * factor;
      text = rest;
      found = true;
    }
    if (!found) return Duration::Unreadable;
  }
  return seconds != 0 && (negative || seconds < kShortest) ? Duration::TooShort : Duration::Good;
}

void check_duration(const Flag& flag, RuleContext& ctx) {
  const std::string& value = flag.value->string();
  const Duration found = duration(value);
  if (found == Duration::Good) return;
  std::vector<Fix> fixes;
  if (found == Duration::WithoutUnit && verbatim(*flag.value))
    fixes.push_back({"Count in seconds", Applicability::Unsafe, {Edit::insertion(flag.value->range.end, "s")}});
  const std::string name = quoted(value, 20);
  ctx.report({.variant = "duration",
              .range = flag.value->range,
              .message = found == Duration::WithoutUnit ? name + " has no unit: seconds are `s`, minutes `m`"
                         : found == Duration::TooShort  ? name + " is too short: a millisecond is the least"
                                                       : name + " is no length of time: those look like `30s`, `1m30s`",
              .fixes = std::move(fixes)});
}

void check_retries(const Flag& flag, RuleContext& ctx) {
  const std::string& value = flag.value->string();
  std::string_view digits = value;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (value.empty() || (error == std::errc() && end == digits.data() + digits.size() && number >= 0)) return;
  ctx.report({.variant = "retries",
              .range = flag.value->range,
              .message = quoted(value, 20) + " is no number of retries: a whole number, not negative"});
}

void check_type(const Healthcheck& check, RuleContext& ctx) {
  constexpr std::string_view kTypes[] = {"CMD", "NONE"};
  const std::string& type = check.type->string();
  const std::string_view nearest = near_miss(type, kTypes);
  const TextRange range = check.type->range;
  std::vector<Fix> fixes;
  if (!nearest.empty() && verbatim(*check.type))
    fixes.push_back({"Replace it with " + std::string(nearest),
                     Applicability::Unsafe,
                     {Edit::replacement(range, in_case_of(type, nearest))}});
  else if (!type.starts_with('['))
    fixes.push_back({"Put CMD before it",
                     Applicability::Unsafe,
                     {Edit::insertion(range.begin, in_case_of(check.keyword_text, "CMD") + " ")}});
  ctx.report({.variant = "type",
              .range = range,
              .message = "a health check is CMD and a command, or NONE; not " + quoted(type, 24),
              .fixes = std::move(fixes)});
}

void check_health(const Healthcheck& check, RuleContext& ctx) {
  if (check.triggered || !check.type) return;
  if (check.none()) {
    if (check.command.json || check.command.source)
      ctx.report({.variant = "command-of-none",
                  .range = check.command.range,
                  .message = "NONE switches the check off, and takes no command"});
    return;
  }
  for (const Flag& flag : check.flags) {
    if (!flag.value) continue;
    if (flag.name == "retries")
      check_retries(flag, ctx);
    else if (flag.name == "interval" || flag.name == "timeout" || flag.name == "start-period" ||
             flag.name == "start-interval")
      check_duration(flag, ctx);
  }
  // `--interval 5s CMD`: the flag is what is wrong.
  const bool value_of_flag = !check.flags.empty() && !check.flags.back().value;
  if (!equals_ignoring_case(check.type->string(), "cmd") && !value_of_flag) check_type(check, ctx);
}

}  // namespace

constinit const Rule invalid_health_check = checked({
    .name = "invalid-health-check",
    .family = Family::Correctness,
    .title = "The health check cannot be read.",
    .consequence =
        "The build stops: `HEALTHCHECK curl localhost` with `Unknown type`, `--interval=30` with `missing unit in "
        "duration`. Compose and Kubernetes write these things in other ways, which do not work here.",
    .fine_when = "Never: no builder takes the instruction as it is.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("type", "The command does not follow the word CMD."),
                 refused("command-of-none", "Something follows NONE."),
                 refused("duration", "A length of time has no unit, or cannot be read."),
                 refused("retries", "The number of retries is none.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#healthcheck"},
    .examples =
        {{"a command alone", "Dockerfile", "FROM debian:12.8\nHEALTHCHECK --timeout=5s <|curl|> -f localhost\n",
          "FROM debian:12.8\nHEALTHCHECK --timeout=5s CMD curl -f localhost\n"},
         {"a letter wrong", "Dockerfile", "FROM debian:12.8\nHEALTHCHECK <|CMB|> curl -f localhost\n",
          "FROM debian:12.8\nHEALTHCHECK CMD curl -f localhost\n"},
         {"a list alone", "Dockerfile", "FROM debian:12.8\nHEALTHCHECK <|[\"curl\",|> \"localhost\"]\n"},
         {"none and more", "Dockerfile", "FROM debian:12.8\nHEALTHCHECK NONE <|curl localhost|>\n"},
         {"seconds without a unit", "Dockerfile",
          "FROM debian:12.8\nHEALTHCHECK --interval=<|30|> --timeout=<|5|> CMD curl -f localhost\n",
          "FROM debian:12.8\nHEALTHCHECK --interval=30s --timeout=5s CMD curl -f localhost\n"},
         {"times and numbers", "Dockerfile",
          "FROM debian:12.8\nHEALTHCHECK --interval=<|5sec|> --timeout=<|1us|> --start-period=<|-1s|> "
          "--retries=<|three|> CMD true\n"},
         {"good ones", "Dockerfile",
          "FROM debian:12.8\nHEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=0 --retries=3 cmd true\n"
          "HEALTHCHECK none\n"}},
    .checks = {on(check_health)},
});

}  // namespace quaymaster::rules
