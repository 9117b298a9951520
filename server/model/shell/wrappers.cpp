#include "model/shell/wrappers.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace quaymaster::shell {
namespace {

/// The command line of a program that runs another one.
struct Starter {
  std::string_view name;
  std::string_view valued_letters = {};  ///< short options with a value
  std::string_view valued_names = {};    ///< long options whose value may be the next word, each between blanks
  std::string_view other_uses = {};      ///< short options with which it does not run the command
  std::string_view other_names = {};     ///< such long options, each between blanks
  std::size_t operands = 0;              ///< words of its own before the command
  bool assignments = false;              ///< takes NAME=value before the command
  bool joins = false;                    ///< a single word as command is a text for a shell
};

constexpr std::array kStarters{
    Starter{.name = "builtin"},
    Starter{.name = "busybox", .other_names = " --install --list --list-full "},
    Starter{.name = "catatonit", .other_uses = "hV"},
    Starter{.name = "chpst", .valued_letters = "uUbe/nlLmdopfcrt"},
    Starter{.name = "chroot", .valued_names = " --userspec --groups ", .operands = 1},
    Starter{.name = "command", .other_uses = "vV"},
    Starter{.name = "dbus-run-session", .valued_names = " --config-file --dbus-daemon "},
    Starter{.name = "docker-init", .valued_letters = "pe", .other_uses = "h"},
    Starter{.name = "doas", .valued_letters = "Cu", .other_uses = "Ls"},
    Starter{.name = "dumb-init", .valued_letters = "r", .valued_names = " --rewrite "},
    Starter{.name = "eatmydata"},
    Starter{.name = "env",
            .valued_letters = "uC",
            .valued_names = " --unset --chdir ",
            .other_uses = "S",
            .assignments = true},
    Starter{.name = "eval", .joins = true},
    Starter{.name = "exec", .valued_letters = "a"},
    Starter{.name = "fakeroot", .valued_letters = "lsib", .valued_names = " --lib --faked ", .other_uses = "v"},
    Starter{.name = "flock",
            .valued_letters = "wE",
            .valued_names = " --wait --timeout --conflict-exit-code ",
            .operands = 1},
    Starter{.name = "gosu", .operands = 1},
    Starter{.name = "ionice", .valued_letters = "cn", .valued_names = " --class --classdata ", .other_uses = "pPu"},
    Starter{.name = "nice", .valued_letters = "n", .valued_names = " --adjustment "},
    Starter{.name = "nohup"},
    Starter{.name = "runuser",
            .valued_letters = "ugGsTw",
            .valued_names = " --user --group --supp-group --shell --whitelist-environment "},
    Starter{.name = "s6-setuidgid", .operands = 1},
    Starter{.name = "setpriv",
            .valued_names = " --reuid --regid --ruid --euid --rgid --egid --groups --inh-caps --ambient-caps "
                            "--bounding-set --securebits --selinux-label --apparmor-profile --pdeathsig ",
            .other_uses = "d"},
    Starter{.name = "setsid"},
    Starter{.name = "stdbuf", .valued_letters = "ioe", .valued_names = " --input --output --error "},
    Starter{.name = "su-exec", .operands = 1},
    Starter{.name = "sudo",
            .valued_letters = "CDghpRrTtUu",
            .valued_names = " --user --group --host --prompt --chroot --chdir --role --type --command-timeout "
                            "--other-user --close-from ",
            .other_uses = "elKvV",
            .other_names = " --edit --list --remove-timestamp --validate ",
            .assignments = true},
    Starter{.name = "time", .valued_letters = "fo", .valued_names = " --format --output "},
    Starter{.name = "timeout", .valued_letters = "sk", .valued_names = " --signal --kill-after ", .operands = 1},
    Starter{.name = "tini", .valued_letters = "pe", .other_uses = "h"},
    Starter{.name = "tini-static", .valued_letters = "pe", .other_uses = "h"},
    Starter{.name = "watch", .valued_letters = "nq", .valued_names = " --interval --equexit ", .joins = true},
    Starter{.name = "xargs",
            .valued_letters = "adEILnPs",
            .valued_names = " --arg-file --delimiter --max-args --max-procs --max-chars --process-slot-var "},
    Starter{.name = "xvfb-run",
            .valued_letters = "efnpsw",
            .valued_names = " --error-file --auth-file --server-num --xauth-protocol --server-args --wait "},
};
/// No command that means well has more; they bound what the commands of a nested text have to carry.
constexpr std::size_t kMostWrappers = 16;
constexpr std::size_t kMostWords = 64;

constexpr std::array<std::string_view, 7> kShells{"ash", "bash", "dash", "ksh", "mksh", "sh", "zsh"};

std::string_view base_name(const Word& word) {
  const std::string_view text = word.text;
  return word.literal ? text.substr(text.find_last_of('/') + 1) : std::string_view{};
}

bool is_option(const Word& word) { return word.text.size() > 1 && (word.text[0] == '-' || word.text[0] == '+'); }

bool is_assignment(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0 || ('0' <= text[0] && text[0] <= '9')) return false;
  return std::ranges::all_of(text.substr(0, equals), [](char c) {
    return c == '_' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
  });
}

/// Whether `names`, each between blanks, has `name`.
bool lists(std::string_view names, std::string_view name) {
  for (std::size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1))
    if (names[at - 1] == ' ' && names[at + name.size()] == ' ') return true;
  return false;
}

/// How many words the option at `words[0]` takes; 0 when it means that no command is run.
std::size_t option_length(std::string_view option, const Starter& starter) {
  if (option.starts_with("--")) {
    if (option == "--help" || option == "--version" || lists(starter.other_names, option)) return 0;
    return lists(starter.valued_names, option) ? 2 : 1;
  }
  for (std::size_t i = 1; i < option.size(); ++i) {
    if (starter.other_uses.find(option[i]) != std::string_view::npos) return 0;
    if (starter.valued_letters.find(option[i]) != std::string_view::npos) return i + 1 == option.size() ? 2 : 1;
  }
  return 1;
}

/// The word at which the command proper of `starter`, the word at `at`, begins.
std::optional<std::size_t> behind(const Starter& starter, std::span<const Word> words, std::size_t at,
                                  std::vector<std::size_t>& assignments) {
  std::size_t i = at + 1;
  while (i < words.size() && words[i].text.starts_with('-')) {
    const std::string_view option = words[i].text;
    if (option == "--") {
      ++i;
      break;
    }
    if (option == "-" && !starter.assignments) break;
    const std::size_t length = option_length(option, starter);
    if (length == 0) return std::nullopt;
    i += length;
  }
  if (starter.assignments)
    for (; i < words.size() && is_assignment(words[i].text); ++i) assignments.push_back(i);
  i += starter.operands;
  return i < words.size() ? std::optional(i) : std::nullopt;
}

/// The TEXT of `sh [options] -c TEXT`, where words[at] is the shell.
std::optional<std::size_t> text_of_shell(std::span<const Word> words, std::size_t at) {
  static constexpr std::string_view kValuedNames = " --rcfile --init-file ";
  bool runs_text = false;
  std::size_t i = at + 1;
  for (; i < words.size() && is_option(words[i]); ++i) {
    const std::string_view option = words[i].text;
    if (option == "--") {
      ++i;
      break;
    }
    if (option.starts_with("--")) {
      if (lists(kValuedNames, option)) ++i;
      continue;
    }
    if (option[0] == '-' && option.find('c') != std::string_view::npos) runs_text = true;
    if (option.ends_with('o') || option.ends_with('O')) ++i;
  }
  return runs_text && i < words.size() ? std::optional(i) : std::nullopt;
}

/// The TEXT of `env -S TEXT`, where words[at] is env and TEXT is the last word.
std::optional<std::size_t> text_of_env(std::span<const Word> words, std::size_t at) {
  if (at + 3 != words.size()) return std::nullopt;
  const std::string_view option = words[at + 1].text;
  const bool splits = option == "--split-string" || (option.starts_with('-') && option.ends_with('S'));
  return splits ? std::optional(at + 2) : std::nullopt;
}

/// The TEXT of `su [options] [USER] -c TEXT`, where words[at] is su or runuser.
std::optional<std::size_t> text_of_su(std::span<const Word> words, std::size_t at) {
  static constexpr std::string_view kValuedNames = " --shell --group --supp-group --whitelist-environment ";
  for (std::size_t i = at + 1; i + 1 < words.size(); ++i) {
    const std::string_view option = words[i].text;
    if (option == "--command" || option == "--session-command") return i + 1;
    if (option.starts_with("--")) {
      if (lists(kValuedNames, option)) ++i;
    } else if (is_option(words[i])) {
      if (option.ends_with('c')) return i + 1;
      if (std::string_view("sgGw").find(option.back()) != std::string_view::npos) ++i;
    }
  }
  return std::nullopt;
}

/// Whether runuser, with these words behind it, is used as `runuser -u USER COMMAND`, and not in the manner of su.
bool runs_as_user(std::span<const Word> words) {
  return std::ranges::any_of(words, [](const Word& word) {
    return word.text.starts_with("-u") || word.text == "--user" || word.text.starts_with("--user=");
  });
}

}  // namespace

Unwrapping unwrap(std::span<const Word> words) {
  Unwrapping result;
  while (result.wrappers.size() < kMostWrappers) {
    const std::size_t at = result.program;
    const std::string_view name = base_name(words[at]);
    std::optional<std::size_t> next;
    std::vector<std::size_t> assignments;
    const bool as_su = name == "su" || (name == "runuser" && !runs_as_user(words.subspan(at + 1)));
    if (std::ranges::find(kShells, name) != kShells.end()) next = text_of_shell(words, at);
    if (as_su) next = text_of_su(words, at);
    if (name == "env") next = text_of_env(words, at);
    result.shell_text = next.has_value();
    const auto starter = std::ranges::find(kStarters, name, &Starter::name);
    if (!next && !as_su && starter != kStarters.end()) {
      next = behind(*starter, words, at, assignments);
      if (next && starter->joins) result.shell_text = *next + 1 == words.size();
      if (next && name == "flock" && (words[*next].text == "-c" || words[*next].text == "--command")) {
        result.shell_text = ++*next < words.size();
        if (!result.shell_text) next.reset();
      }
    }
    if (!next || *next - at > kMostWords) {
      result.shell_text = false;
      break;
    }
    result.wrappers.push_back({at, *next});
    result.program = *next;
    result.assignments.insert(result.assignments.end(), assignments.begin(), assignments.end());
    if (result.shell_text) break;
  }
  return result;
}

bool reads_script(std::span<const Word> words) {
  if (words.empty() || std::ranges::find(kShells, base_name(words[0])) == kShells.end()) return false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view option = words[i].text;
    if (option == "-" || option == "--") return i + 1 == words.size();
    if (!is_option(words[i])) return false;
    if (!option.starts_with("--") && option.find('s') != std::string_view::npos) return true;
    if (!option.starts_with("--") && option.find('c') != std::string_view::npos) return false;
    if (option.ends_with('o') || option.ends_with('O')) ++i;
  }
  return true;
}

std::vector<Unwrapping::Part> executed_by_find(std::span<const Word> words) {
  static constexpr std::array<std::string_view, 4> kActions{"-exec", "-execdir", "-ok", "-okdir"};
  std::vector<Unwrapping::Part> result;
  if (words.empty() || base_name(words[0]) != "find") return result;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (std::ranges::find(kActions, words[i].text) == kActions.end()) continue;
    const std::size_t begin = i + 1;
    std::size_t end = begin;
    while (end < words.size() && words[end].text != ";" && !(words[end].text == "+" && words[end - 1].text == "{}"))
      ++end;
    if (begin < end) result.push_back({begin, end});
    i = end;
  }
  return result;
}

}  // namespace quaymaster::shell
