#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_signal;
namespace {

constexpr std::string_view kSignals[] = {
    "SIGTERM", "SIGINT",  "SIGQUIT", "SIGHUP", "SIGKILL",   "SIGUSR1",   "SIGUSR2", "SIGWINCH", "SIGABRT",
    "SIGALRM", "SIGBUS",  "SIGCHLD", "SIGCLD", "SIGCONT",   "SIGFPE",    "SIGILL",  "SIGIO",    "SIGIOT",
    "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGSEGV",   "SIGSTKFLT", "SIGSTOP", "SIGSYS",   "SIGTRAP",
    "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGVTALRM", "SIGXCPU",   "SIGXFSZ", "SIGRTMIN", "SIGRTMAX"};

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

/// `SIGRTMIN+3`, `SIGRTMAX-2`: `base` and a number that is at most `most`.
bool is_real_time(std::string_view name, std::string_view base, int most) {
  if (!name.starts_with(base)) return false;
  name.remove_prefix(base.size());
  int number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc() && end == name.data() + name.size() && !name.starts_with('0') && number > 0 &&
         number <= most;
}

bool is_signal(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (!digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos)
    return digits.find_first_not_of('0') != std::string_view::npos;
  std::string name = upper(text);
  if (!name.starts_with("SIG")) name.insert(0, "SIG");
  for (const std::string_view known : kSignals)
    if (name == known) return true;
  return is_real_time(name, "SIGRTMIN+", 15) || is_real_time(name, "SIGRTMAX-", 14);
}

void check_signal(const dockerfile::Stopsignal& stopsignal, RuleContext& ctx) {
  if (stopsignal.triggered || !stopsignal.signal) return;
  const std::optional<std::string> value = known_value(*stopsignal.signal, *ctx.instruction_context());
  if (!value || is_signal(*value)) return;
  const std::string name = upper(*value);
  const std::string_view nearest = near_miss(name.starts_with("SIG") ? name : "SIG" + name, kSignals);
  std::vector<Fix> fixes;
  if (!nearest.empty() && stopsignal.signal->string() == *value && verbatim(*stopsignal.signal))
    fixes.push_back({"Replace it with " + std::string(nearest),
                     Applicability::Unsafe,
                     {Edit::replacement(stopsignal.signal->range, std::string(nearest))}});
  std::string message = quoted(*value) + " is no signal";
  if (!nearest.empty()) message += "; did you mean " + std::string(nearest) + "?";
  ctx.report({.range = stopsignal.signal->range, .message = std::move(message), .fixes = std::move(fixes)});
}

}  // namespace

constinit const Rule invalid_signal = checked({
    .name = "invalid-signal",
    .family = Family::Correctness,
    .title = "STOPSIGNAL names a signal that there is not.",
    .consequence = "The build stops with `invalid signal` once it comes to the line, which is mostly the last but one: "
                   "all the work "
                   "is done, and no image comes out of it.",
    .fine_when = "Never: no builder takes the signal.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("", "")},
    .references = {"https://docs.docker.com/reference/dockerfile/#stopsignal",
                   "https://man7.org/linux/man-pages/man7/signal.7.html"},
    .examples = {{"letters swapped", "Dockerfile", "FROM debian:12.8\nSTOPSIGNAL <|SIGTEMR|>\n",
                  "FROM debian:12.8\nSTOPSIGNAL SIGTERM\n"},
                 {"no signal at all", "Dockerfile",
                  "FROM debian:12.8\nSTOPSIGNAL <|0|>\nSTOPSIGNAL <|SIGTERM please, now|>\n"},
                 {"signals", "Dockerfile",
                  "FROM debian:12.8\nSTOPSIGNAL quit\nSTOPSIGNAL SIGRTMIN+3\nSTOPSIGNAL 9\nSTOPSIGNAL $SIGNAL\n"}},
    .checks = {on(check_signal)},
});

}  // namespace quaymaster::rules
