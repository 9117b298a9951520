#include "model/container/command_credentials.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>

#include "model/container/credentials.h"
#include "model/container/token_shapes.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::container {
namespace {

using shell::Command;
using shell::Word;

/// Whether `value` is what a program receives as a secret: not a variable, an option or text to be filled in, nor a
/// value that all the world knows and that opens nothing.
bool is_written_secret(std::string_view value) {
  constexpr std::string_view kVariables = "$`{}<>";
  if (value.empty() || value.starts_with('-') || value.find_first_of(kVariables) != std::string_view::npos)
    return false;
  if (value.starts_with('%') && value.ends_with('%')) return false;
  // Java's own trust store, and the password without which App Service's console does not open.
  constexpr std::string_view kPublic[] = {"changeit", "Docker!"};
  if (one_of(kPublic, value)) return false;
  return may_be_credential(value);
}

/// What tools are given to be content with where no secret is at hand: `SECRET_KEY=dummy manage.py collectstatic`.
bool is_dummy(std::string_view value) {
  constexpr std::string_view kWords[] = {"dummy",  "fake", "placeholder", "build",   "compile", "temp",   "ignore",
                                         "unused", "test", "secret",      "nothing", "any",     "notset", "insecure"};
  const std::string text = ascii_lower(value);
  return text.size() < 4 ||
         std::ranges::any_of(kWords, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

/// An option of a program that a secret follows.
struct SecretOption {
  std::string_view program;
  std::string_view option;     ///< "-p"
  bool attached_only = false;  ///< a word of its own behind it is something else
  bool user_first = false;     ///< `user:secret`
  std::string_view subcommand = {};
};
constexpr SecretOption kSecretOptions[] = {
    {"curl", "-u", false, true},
    {"curl", "--user", false, true},
    {"curl", "-U", false, true},
    {"curl", "--proxy-user", false, true},
    {"http", "-a", false, true},
    {"https", "-a", false, true},
    {"mysql", "-p", true},
    {"mysqladmin", "-p", true},
    {"mysqldump", "-p", true},
    {"mysqlcheck", "-p", true},
    {"mysqlimport", "-p", true},
    {"mysql_upgrade", "-p", true},
    {"mysqlpump", "-p", true},
    {"mysqlsh", "-p", true},
    {"mysqlslap", "-p", true},
    {"mysqlbinlog", "-p", true},
    {"mariadb-check", "-p", true},
    {"mariadb-import", "-p", true},
    {"mariadb-show", "-p", true},
    {"mariadb-upgrade", "-p", true},
    {"mariadb-binlog", "-p", true},
    {"xtrabackup", "-p", true},
    {"mariabackup", "-p", true},
    {"mariadb-backup", "-p", true},
    {"7z", "-p", true},
    {"7za", "-p", true},
    {"cqlsh", "-p"},
    {"mysqlshow", "-p", true},
    {"mariadb", "-p", true},
    {"mariadb-admin", "-p", true},
    {"mariadb-dump", "-p", true},
    {"docker", "-p", false, false, "login"},
    {"podman", "-p", false, false, "login"},
    {"buildah", "-p", false, false, "login"},
    {"skopeo", "-p", false, false, "login"},
    {"crane", "-p", false, false, "login"},
    {"helm", "-p", false, false, "login"},
    {"oc", "-p", false, false, "login"},
    {"az", "-p", false, false, "login"},
    {"conan", "-p", false, false, "user"},
    {"conan", "-p", false, false, "login"},
    {"mongo", "-p"},
    {"mongosh", "-p"},
    {"mongodump", "-p"},
    {"mongorestore", "-p"},
    {"mongoimport", "-p"},
    {"mongoexport", "-p"},
    {"sshpass", "-p"},
    {"redis-cli", "-a"},
    {"redis-cli", "--pass"},
    {"redis-benchmark", "-a"},
    {"sqlcmd", "-P"},
    {"bcp", "-P"},
    {"ldapsearch", "-w"},
    {"ldapadd", "-w"},
    {"ldapmodify", "-w"},
    {"mosquitto_pub", "-P"},
    {"mosquitto_sub", "-P"},
    {"unzip", "-P"},
    {"zip", "-P"},
    {"ssh-keygen", "-N"},
    {"smbclient", "-U", false, true},
};

/// Headers of HTTP that a secret is sent in.
constexpr std::string_view kSecretHeaders[] = {"authorization", "proxy-authorization", "private-token",
                                               "job-token",     "deploy-token",        "x-api-key",
                                               "x-auth-token",  "x-vault-token"};

/// The first words of an option's name that turn its meaning round: `--disabled-password`, `--no-password`.
constexpr std::string_view kNoValue[] = {"disabled", "disable", "no",      "ask",    "prompt", "generate", "random",
                                         "without",  "empty",   "skip",    "change", "reset",  "force",    "show",
                                         "allow",    "use",     "require", "expire", "unlock", "with"};

/// Finds the secrets of one shell text.
class CredentialFinder {
 public:
  CredentialFinder(const shell::Script& script, std::string_view bytes) : script_(script), bytes_(bytes) {}

  std::vector<CommandCredential> find() {
    for (const shell::Assignment& assignment : script_.assignments) check_assignment(assignment);
    for (std::size_t i = 0; i < script_.commands.size(); ++i) check_command(i);
    std::ranges::stable_sort(found_, {}, &CommandCredential::range);
    const auto overlapping = std::unique(found_.begin(), found_.end(),
                                         [](const auto& a, const auto& b) { return b.range.begin < a.range.end; });
    found_.erase(overlapping, found_.end());
    return std::move(found_);
  }

 private:
  void check_command(std::size_t index) {
    const Command& command = script_.commands[index];
    for (const shell::Assignment& assignment : command.assignments) check_assignment(assignment);
    for (const shell::Wrapper& wrapper : command.wrappers)
      if (wrapper.name() == "sshpass") check_options("sshpass", wrapper.words);
    const std::string_view program = command.name();
    check_options(program, command.words);
    if (program == "chpasswd") check_fed_passwords(index);
    if (program == "passwd") check_fed_password(index);
    if (program == "rabbitmqctl" || program == "htpasswd") check_last_argument(command);
    if (is_configuring(command)) check_last_argument(command);
  }

  void check_assignment(const shell::Assignment& assignment) {
    if (!names_credential(assignment.name)) return;
    // Nothing but the name says that it is a secret, and the value is for one command.
    constexpr std::size_t kShortestKey = 20;
    const bool short_key =
        assignment.name.find("SECRET_KEY") != std::string::npos && assignment.value.text.size() < kShortestKey;
    if (is_dummy(assignment.value.text) || short_key) return;
    add(assignment.value, 0, assignment.name + "=");
  }

  void check_options(std::string_view program, const std::vector<Word>& words) {
    // The arguments alone, when the program stands elsewhere.
    const bool options_first = !words.empty() && words.front().text.starts_with('-');
    for (std::size_t i = options_first ? 0 : 1; i < words.size(); ++i) {
      const Word* next = i + 1 < words.size() ? &words[i + 1] : nullptr;
      if (check_known_option(program, words, i, next) || check_header(program, words[i], next)) continue;
      if (check_named_option(words[i], next)) continue;
      check_operand(words[i]);
      check_sql(words[i]);
    }
  }

  /// `-p hunter2`, `-phunter2`, `--user shop:hunter2`, `--user=shop:hunter2`.
  bool check_known_option(std::string_view program, const std::vector<Word>& words, std::size_t at, const Word* next) {
    const Word& word = words[at];
    if (word.text.size() < 2 || word.text.front() != '-') return false;
    for (const SecretOption& known : kSecretOptions) {
      if (known.program != program || !word.text.starts_with(known.option)) continue;
      if (!known.subcommand.empty() && !begins_with(words, known.subcommand)) continue;
      // What comes later is of the command that it starts.
      if (program == "sshpass" && at > 1) continue;
      const bool long_option = known.option.starts_with("--");
      std::string place(program);
      if (!known.subcommand.empty()) place += " " + std::string(known.subcommand);
      place += " " + std::string(known.option);
      if (word.text.size() == known.option.size()) {
        if (known.attached_only || next == nullptr) return false;
        add(*next, known.user_first ? behind_user(next->text, 0) : 0, place);
        return true;
      }
      std::size_t begin = known.option.size();
      if (long_option && word.text[begin] != '=') continue;
      if (long_option) ++begin;
      add(word, known.user_first ? behind_user(word.text, begin) : begin, place);
      return true;
    }
    return false;
  }

  /// Whether the subcommand is among the first words: `helm registry login`.
  static bool begins_with(const std::vector<Word>& words, std::string_view subcommand) {
    constexpr std::ptrdiff_t kFirst = 4;
    const auto end = words.size() > kFirst ? words.begin() + kFirst : words.end();
    return std::any_of(words.begin(), end, [&](const Word& word) { return word.text == subcommand; });
  }

  static std::size_t behind_user(std::string_view text, std::size_t begin) {
    const std::size_t colon = text.find_first_of(":%", begin);
    return colon == std::string_view::npos ? text.size() : colon + 1;
  }

  /// `-H "Authorization: Bearer …"`.
  bool check_header(std::string_view program, const Word& word, const Word* next) {
    if (program != "curl" && program != "wget" && program != "http") return false;
    const bool apart = word.text == "-H" || word.text == "--header";
    const bool attached = word.text.starts_with("--header=");
    if (!(apart && next != nullptr) && !attached) return false;
    const Word& header = attached ? word : *next;
    const std::size_t begin = attached ? std::string_view("--header=").size() : 0;
    const std::size_t colon = header.text.find(':', begin);
    if (colon == std::string::npos) return false;
    const std::string name = ascii_lower(std::string_view(header.text).substr(begin, colon - begin));
    if (!one_of(kSecretHeaders, name)) return false;
    std::size_t value = header.text.find_first_not_of(' ', colon + 1);
    for (const std::string_view scheme : {"bearer ", "basic ", "token "})
      if (value != std::string::npos && ascii_lower(std::string_view(header.text).substr(value)).starts_with(scheme))
        value += scheme.size();
    if (value != std::string::npos) add(header, value, std::string(program) + " -H " + name);
    return true;
  }

  /// `--password hunter2`, `--db-password=hunter2`, `-storepass hunter2`, `-Dapp.password=hunter2`.
  bool check_named_option(const Word& word, const Word* next) {
    if (word.text.size() < 4 || word.text.front() != '-') return false;
    const std::size_t equals = word.text.find('=');
    const std::string_view option = std::string_view(word.text).substr(0, equals);
    const bool property = option.starts_with("-D");
    const std::string_view name = option.substr(property ? 2 : std::min(option.find_first_not_of('-'), option.size()));
    // Of `--password:hunter2` nobody can tell where the name ends.
    if (name.find(':') != std::string_view::npos || !names_secret_value(name) || !ends_in_secret(name)) return false;
    if (equals != std::string::npos) {
      add(word, equals + 1, std::string(option));
      return true;
    }
    if (property || next == nullptr) return false;
    add(*next, 0, std::string(option));
    return true;
  }

  static bool names_secret_value(std::string_view name) {
    constexpr std::string_view kJava[] = {"storepass",     "keypass",     "srcstorepass",
                                          "deststorepass", "requirepass", "masterauth"};
    if (one_of(kJava, name)) return true;
    const std::string_view first = name.substr(0, name.find_first_of("-_."));
    return names_credential(name) && !one_of(kNoValue, ascii_lower(first)) && !name.ends_with("stdin");
  }

  /// Narrower than a name that has to do with secrets: `--token-cache`, `--secret-sync-period` have none for a value.
  static bool ends_in_secret(std::string_view option) {
    std::string name = ascii_lower(option);
    std::ranges::replace(name, '_', '-');
    constexpr std::string_view kEndings[] = {"password",         "passwd",       "passphrase", "token",
                                             "api-key",          "apikey",       "storepass",  "keypass",
                                             "requirepass",      "secret-key",   "masterauth", "pass",
                                             "client-secret",    "clientsecret", "app-secret", "access-key-secret",
                                             "secret-access-key"};
    return std::ranges::any_of(kEndings, [&](std::string_view ending) { return name.ends_with(ending); });
  }

  /// `DB_PASSWORD=hunter2` among the words, also behind an option: `--from-literal=password=hunter2`.
  void check_operand(const Word& word) {
    std::string_view text = word.text;
    std::size_t begin = 0;
    if (text.starts_with("--")) begin = std::min(text.find('='), text.size() - 1) + 1;
    const std::size_t equals = text.find('=', begin);
    if (equals == std::string_view::npos) return;
    const std::string_view name = text.substr(begin, equals - begin);
    // Keys of npm begin with the registry: `//npm.shop.eu/:_authToken`.
    const bool registry = name.starts_with("//");
    const bool plain = std::ranges::all_of(name, [&](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.' || (registry && (c == '/' || c == ':'));
    });
    // Several lines are a text, not a setting.
    if (!plain || !names_credential(name) || text.find('\n', equals) != std::string_view::npos) return;
    if (text.find_first_of(" \t", equals) != std::string_view::npos || is_dummy(text.substr(equals + 1))) return;
    add(word, equals + 1, std::string(name) + "=");
  }

  /// `CREATE USER shop IDENTIFIED BY 'hunter2'`, `ALTER ROLE shop PASSWORD 'hunter2'`.
  void check_sql(const Word& word) {
    if (word.text.find(' ') == std::string::npos) return;
    const std::string lower = ascii_lower(word.text);
    for (const std::string_view phrase : {"identified by '", " password '", "identified by \"", " password \""}) {
      const std::size_t at = lower.find(phrase);
      if (at == std::string::npos) continue;
      const std::size_t begin = at + phrase.size();
      const std::size_t end = lower.find(phrase.back(), begin);
      if (end != std::string::npos) add_part(word, std::string_view(word.text).substr(begin, end - begin), "SQL");
    }
  }

  /// `echo root:hunter2 | chpasswd`.
  void check_fed_passwords(std::size_t index) {
    if (script_.commands[index].option("--encrypted", 'e') != nullptr) return;
    for (const shell::Redirection& redirection : script_.commands[index].redirections)
      if (redirection.op == "<<<") add(redirection.target, behind_user(redirection.target.text, 0), "chpasswd");
    for (const Word* word : fed_words(index)) {
      const std::size_t colon = word->text.find(':');
      if (colon != std::string::npos) add(*word, colon + 1, "chpasswd");
    }
  }

  /// `echo hunter2 | passwd --stdin root`.
  void check_fed_password(std::size_t index) {
    for (const Word* word : fed_words(index)) add(*word, 0, "passwd");
  }

  /// What echo or printf write into the pipeline before the command.
  [[nodiscard]] std::vector<const Word*> fed_words(std::size_t index) const {
    constexpr std::size_t kMost = 4;
    std::vector<const Word*> words;
    for (std::size_t i = index;
         i-- > 0 && index - i <= kMost && script_.commands[i].pipeline == script_.commands[index].pipeline;) {
      const Command& source = script_.commands[i];
      if (source.name() != "echo" && source.name() != "printf") continue;
      for (const Word* word : source.arguments()) words.push_back(word);
    }
    return words;
  }

  /// Commands whose last word is a secret when the word before it says so: `npm config set …:_authToken X`.
  static bool is_configuring(const Command& command) {
    const std::vector<const Word*> words = command.arguments();
    if (words.size() < 3) return false;
    constexpr std::string_view kPrograms[] = {"npm",      "pnpm",   "yarn",   "aws", "pip", "pip3",
                                              "composer", "poetry", "bundle", "gh",  "git", "conda"};
    return one_of(kPrograms, command.name()) &&
           (words[0]->text == "config" || words[0]->text == "configure" || words[0]->text == "set") &&
           (ends_in_secret(words[words.size() - 2]->text) || words[words.size() - 2]->text.ends_with("_auth") ||
            words[1]->text.starts_with("http-basic."));
  }

  void check_last_argument(const Command& command) {
    const std::vector<const Word*> words = command.arguments();
    if (command.name() == "rabbitmqctl") {
      constexpr std::size_t kUserAndPassword = 3;
      if (words.size() >= kUserAndPassword && (words[0]->text == "add_user" || words[0]->text == "change_password"))
        add(*words[2], 0, "rabbitmqctl " + words[0]->text);
    } else if (command.name() == "htpasswd") {
      if (command.option("", 'b') != nullptr && words.size() >= 2) add(*words.back(), 0, "htpasswd -b");
    } else {
      add(*words.back(), 0, std::string(command.name()) + " " + words[0]->text);
    }
  }

  /// The part of `word` from `begin` of its text on, if it is a secret.
  void add(const Word& word, std::size_t begin, std::string place) {
    if (begin >= word.text.size()) return;
    std::string_view value = std::string_view(word.text).substr(begin);
    while (value.ends_with('\n')) value.remove_suffix(1);
    add_part(word, value, std::move(place));
  }

  void add_part(const Word& word, std::string_view value, std::string place) {
    if (!is_written_secret(value)) return;
    const bool account = place == "chpasswd" || place == "passwd";
    found_.push_back({part(word, value), std::move(place), account});
  }

  /// Where `value`, a part of the word's text, is written; the whole word when quotes or escapes hide that.
  [[nodiscard]] TextRange part(const Word& word, std::string_view value) const {
    const std::string_view written = slice(bytes_, word.range);
    const std::size_t at = written.rfind(value);
    if (at == std::string_view::npos) return word.range;
    const std::uint32_t begin = word.range.begin + static_cast<std::uint32_t>(at);
    return {begin, begin + static_cast<std::uint32_t>(value.size())};
  }

  const shell::Script& script_;
  std::string_view bytes_;
  std::vector<CommandCredential> found_;
};

}  // namespace

std::vector<CommandCredential> command_credentials(const shell::Script& script, std::string_view bytes) {
  return CredentialFinder(script, bytes).find();
}

}  // namespace quaymaster::container
