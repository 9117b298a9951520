#include "rules/support/start_text.h"

#include <algorithm>
#include <cstddef>

namespace quaymaster::rules {
namespace {

using Words = std::span<const shell::Word>;

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::string_view kInits[] = {"tini", "tini-static", "dumb-init", "catatonit", "docker-init"};
constexpr std::string_view kUserChanges[] = {"gosu", "su-exec", "setuidgid", "runuser"};

/// The index of the first word behind the options of the program that `words` begin with.
std::size_t behind_options(Words words) {
  constexpr std::string_view kWithValue[] = {"-e", "-p", "-r", "-u"};
  std::size_t at = 1;
  while (at < words.size() && words[at].text.starts_with('-')) {
    if (words[at].text == "--") return at + 1;
    at += is_one_of(words[at].text, kWithValue) ? 2 : 1;
  }
  return at;
}

/// How many words in front only start the rest; 0 when the first one does the work.
std::size_t handing_over(Words words) {
  const std::string_view name = program_name(words.front());
  if (is_one_of(name, kInits)) return behind_options(words);
  if (is_one_of(name, kUserChanges)) return behind_options(words) + (name == "runuser" ? 0 : 1);
  const bool script = name.ends_with("entrypoint.sh") || name.ends_with("docker-entrypoint");
  return script && words.size() > 1 && !words[1].text.starts_with('-') ? 1 : 0;
}

}  // namespace

std::string_view program_name(const shell::Word& word) {
  const std::string_view text = word.text;
  const std::size_t slash = text.find_last_of('/');
  return slash == std::string_view::npos || slash + 1 == text.size() ? text : text.substr(slash + 1);
}

std::vector<const container::StartCommand*> start_texts(const container::Container& container) {
  std::vector<const container::StartCommand*> texts;
  const container::StartCommand* entrypoint = container.entrypoint();
  const container::StartCommand* command = container.command();
  if (entrypoint != nullptr) texts.push_back(entrypoint);
  if (command != nullptr && (entrypoint == nullptr || entrypoint->exec_form)) texts.push_back(command);
  return texts;
}

std::vector<const shell::Command*> own_commands(const shell::Script& script) {
  std::vector<const shell::Command*> result;
  for (const shell::Command& command : script.commands)
    if (result.empty() || !result.back()->range.contains(command.range)) result.push_back(&command);
  return result;
}

bool ends_by_itself(std::string_view program) {
  constexpr std::string_view kTools[] = {
      ".",        ":",      "[",      "[[",         "apk",        "apt",      "apt-get",    "awk",      "break",
      "cat",      "cd",     "chmod",  "chown",      "continue",   "cp",       "curl",       "cut",      "date",
      "do",       "done",   "echo",   "env",        "envsubst",   "exit",     "export",     "false",    "fg",
      "find",     "getent", "git",    "grep",       "groupadd",   "groupmod", "head",       "hostname", "id",
      "install",  "jobs",   "kill",   "killall",    "ln",         "local",    "ls",         "mkdir",    "mkfifo",
      "modprobe", "mount",  "mv",     "mysqladmin", "nc",         "openssl",  "pg_isready", "pgrep",    "pip",
      "pip3",     "pkill",  "printf", "ps",         "read",       "return",   "rm",         "sed",      "set",
      "shift",    "sleep",  "sort",   "source",     "ssh-keygen", "stty",     "sysctl",     "tail",     "tar",
      "tee",      "test",   "touch",  "tr",         "trap",       "true",     "ulimit",     "umask",    "uname",
      "unset",    "unzip",  "until",  "useradd",    "usermod",    "wait",     "wget",       "xargs"};
  return is_one_of(program, kTools);
}

std::span<const shell::Word> working_words(const shell::Command& command) {
  Words words(command.words);
  for (;;) {
    const std::size_t skipped = handing_over(words);
    if (skipped == 0 || skipped >= words.size()) return words;
    words = words.subspan(skipped);
  }
}

}  // namespace quaymaster::rules
