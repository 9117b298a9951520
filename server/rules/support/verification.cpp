#include "rules/support/verification.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "rules/support/start_text.h"
#include "rules/support/written_text.h"
#include "text/ascii.h"

namespace quaymaster::rules {
namespace {

/// Whether the list `names`, with a blank around each, has `name`.
bool lists(std::string_view names, std::string_view name) {
  const std::size_t at = name.empty() ? std::string_view::npos : names.find(name);
  if (at == std::string_view::npos) return false;
  return names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

// --- Options that switch a check off by being there

struct Switch {
  std::string_view programs;
  std::string_view options;
  Unchecked kind;
  std::string_view check = {};
  bool takes_value = false;
};
/// An option of several programs, all of which mean the same by it.
constexpr std::string_view kAnywhere = "--kubelet-insecure-tls";
constexpr std::string_view kRedHat = " yum dnf dnf5 microdnf tdnf ";
constexpr Switch kSwitches[] = {
    {" curl ", " --insecure --proxy-insecure ", Unchecked::Transfer, "CKV2_DOCKER_2"},
    {" wget wget2 ", " --no-check-certificate --no-check-cert ", Unchecked::Transfer, "CKV2_DOCKER_3"},
    {" pip ", " --trusted-host ", Unchecked::Packages, "CKV2_DOCKER_4", true},
    {" uv ", " --allow-insecure-host --trusted-host ", Unchecked::Packages, {}, true},
    {" apk ", " --allow-untrusted ", Unchecked::Packages, "CKV2_DOCKER_7"},
    {" apt-get apt aptitude ", " --allow-unauthenticated ", Unchecked::Packages, "CKV2_DOCKER_8"},
    {" apt-get apt aptitude ", " --force-yes ", Unchecked::Packages, "CKV2_DOCKER_11"},
    {" apt-get apt aptitude ", " --allow-insecure-repositories --allow-untrusted ", Unchecked::Packages},
    {kRedHat, " --nogpgcheck --no-gpgchecks ", Unchecked::Packages, "CKV2_DOCKER_9"},
    {" rpm ", " --nodigest --nosignature --noverify --nofiledigest ", Unchecked::Packages, "CKV2_DOCKER_10"},
    {" zypper ", " --no-gpg-checks --no-gpgcheck --allow-unsigned-rpm ", Unchecked::Packages},
    {" npm yarn pnpm ", " --no-strict-ssl ", Unchecked::Packages},
    {" helm kubectl oc ", " --insecure-skip-tls-verify ", Unchecked::Transfer},
};

// --- Settings with a value that switches a check off

struct Setting {
  std::string_view programs;
  std::string_view key;  ///< in lower case; sections may stand before it: "epel.sslverify"
  std::string_view off;  ///< the values
  Unchecked kind;
  std::string_view check = {};
};
constexpr std::string_view kConfigManagers = " yum dnf dnf5 microdnf tdnf yum-config-manager dnf-config-manager ";
constexpr Setting kSettings[] = {
    {" npm yarn pnpm ", "strict-ssl", " false ", Unchecked::Packages, "CKV2_DOCKER_13"},
    {" yarn ", "enablestrictssl", " false ", Unchecked::Packages},
    {" conda mamba micromamba ", "ssl_verify", " false no off 0 ", Unchecked::Packages},
    {" composer ", "disable-tls", " true 1 ", Unchecked::Packages},
    {" bundle bundler ", "ssl_verify_mode", " 0 ", Unchecked::Packages},
    {" git ", "sslverify", " false no off 0 ", Unchecked::Transfer},
    {kConfigManagers, "sslverify", " false no 0 ", Unchecked::Packages, "CKV2_DOCKER_15"},
    {kConfigManagers, "gpgcheck", " false no 0 ", Unchecked::Packages},
    {" apt-get apt aptitude ", "apt::get::allowunauthenticated", " true yes 1 ", Unchecked::Packages},
    {" apt-get apt aptitude ", "acquire::allowinsecurerepositories", " true yes 1 ", Unchecked::Packages},
    {" apt-get apt aptitude ", "acquire::https::verify-peer", " false no 0 ", Unchecked::Packages},
    {" helm kubectl oc ", "insecure-skip-tls-verify", " true ", Unchecked::Transfer},
    {" aria2c ", "check-certificate", " false ", Unchecked::Transfer},
    {" http https ", "verify", " no false ", Unchecked::Transfer},
    {" mvn mvnw ", "maven.wagon.http.ssl.insecure", " true ", Unchecked::Packages},
};

// --- Texts that say it in files

struct Phrase {
  std::string_view text;  ///< in lower case
  Unchecked kind;
  std::string_view check = {};
};
constexpr Phrase kPhrases[] = {
    {"trusted=yes", Unchecked::Packages},
    {"gpgcheck=0", Unchecked::Packages},
    {"gpgcheck = 0", Unchecked::Packages},
    {"siglevel = never", Unchecked::Packages},
    {"siglevel=never", Unchecked::Packages},
    {"verify-peer \"false\"", Unchecked::Setting},
    {"allowunauthenticated \"true\"", Unchecked::Packages},
    {"allowinsecurerepositories \"true\"", Unchecked::Packages},
    {"sslverify=false", Unchecked::Setting},
    {"sslverify=0", Unchecked::Setting},
    {"sslverify = false", Unchecked::Setting},
    {"strict-ssl=false", Unchecked::Setting},
    {"strict-ssl false", Unchecked::Setting},
    {"check_certificate = off", Unchecked::Setting},
    {"check_certificate=off", Unchecked::Setting},
    {"ssl:verify-certificate no", Unchecked::Transfer},
    {"stricthostkeychecking no", Unchecked::HostKey},
    {"stricthostkeychecking=no", Unchecked::HostKey},
    {"stricthostkeychecking off", Unchecked::HostKey},
    {"stricthostkeychecking=off", Unchecked::HostKey},
};

/// Whether the line of `text` around `at` is about a folder of the same machine.
bool is_local_source(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestLine = 512;
  std::string_view line = text.substr(at, kLongestLine);
  line = line.substr(0, line.find('\n'));
  return line.find("file:") != std::string_view::npos || line.find("copy:") != std::string_view::npos;
}

bool is_word_part(char c) {
  return c == '_' || ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z');
}

// --- Variables

struct Variable {
  std::string_view name;  ///< in upper case
  std::string_view off;   ///< the values; empty: whatever it is set to
  std::string_view check = {};
  std::string_view on = {};  ///< the value that asks for the check
  bool any_case = false;
};
constexpr Variable kVariables[] = {
    {"NODE_TLS_REJECT_UNAUTHORIZED", " 0 ", "CKV2_DOCKER_6", "1"},
    {"PYTHONHTTPSVERIFY", " 0 ", "CKV2_DOCKER_5", "1"},
    {"GIT_SSL_NO_VERIFY", "", "CKV2_DOCKER_14"},
    {"NPM_CONFIG_STRICT_SSL", " false ", "CKV2_DOCKER_12", "true", true},
    {"PIP_TRUSTED_HOST", "", "CKV2_DOCKER_16"},
    {"YARN_ENABLE_STRICT_SSL", " false 0 ", {}, "true"},
    {"YARN_STRICT_SSL", " false ", {}, "true"},
    {"UV_INSECURE_HOST", ""},
    {"CONDA_SSL_VERIFY", " false no 0 ", {}, "true"},
    {"VAULT_SKIP_VERIFY", " true 1 ", {}, "false"},
    {"HEX_UNSAFE_HTTPS", " 1 true ", {}, "0"},
    {"GOINSECURE", ""},
    {"ANSIBLE_HOST_KEY_CHECKING", " false no 0 ", {}, "true"},
    {"ELASTICSEARCH_SSL_VERIFICATIONMODE", " none ", {}, "full"},
};

const Variable* find_variable(std::string_view name) {
  const auto* found = std::find_if(std::begin(kVariables), std::end(kVariables), [&](const Variable& variable) {
    return variable.any_case ? equals_ignoring_case(variable.name, name) : variable.name == name;
  });
  return found == std::end(kVariables) ? nullptr : found;
}

// --- Commands

/// What a command is called here: "pip" of pip3.12 and of `python3 -m pip`. `begin` is where its arguments begin.
std::string_view program_of(std::span<const shell::Word> words, std::size_t& begin) {
  std::string_view name = program_name(words.front());
  begin = 1;
  if (name.starts_with("python") && words.size() > 2 && words[1].text == "-m") {
    name = words[2].text;
    begin = 3;
  }
  const std::size_t last = name.find_last_not_of("0123456789.");
  return name.starts_with("pip") && last == 2 ? name.substr(0, last + 1) : name;
}

/// Whether the command writes settings that later ones read.
bool is_persistent(std::string_view program, std::span<const shell::Word> words) {
  if (program.ends_with("-config-manager")) return true;
  return std::any_of(words.begin(), words.end(), [](const shell::Word& word) {
    return word.text == "config" || word.text == "set" || word.text == "config-manager";
  });
}

/// Whether `option`, a cluster of curl's short options, has the letter k.
bool has_insecure_letter(std::string_view option) {
  constexpr std::string_view kWithValue = "AbcCdDeEFhHKmoPQrtTuUwxXyYz";
  if (option.size() < 2 || option[0] != '-' || option[1] == '-') return false;
  for (const char c : option.substr(1)) {
    if (c == 'k') return true;
    if (kWithValue.find(c) != std::string_view::npos) return false;
  }
  return false;
}

bool talks_to_itself(std::span<const shell::Word> words) {
  return std::any_of(words.begin(), words.end(), [](const shell::Word& word) {
    for (const std::string_view host : {"//localhost", "//127.0.0.1", "//[::1]"})
      if (word.text.find(host) != std::string::npos) return true;
    return word.text.starts_with("localhost") || word.text.starts_with("127.0.0.1");
  });
}

/// The word without what says that a setting follows.
std::string_view setting_part(std::string_view word) {
  for (const std::string_view prefix : {"--setopt=", "--config=", "-o", "-d", "--"})
    if (word.starts_with(prefix) && word.size() > prefix.size()) return word.substr(prefix.size());
  return word;
}

bool is_key(std::string_view text, std::string_view key) {
  return text == key || (text.ends_with(key) && text[text.size() - key.size() - 1] == '.');
}

class CommandReader {
 public:
  CommandReader(const shell::Command& command, bool writes)
      : words_(working_words(command)),
        offset_(static_cast<std::size_t>(words_.data() - command.words.data())),
        writes_(writes) {}

  std::vector<UnverifiedWords> read() {
    // `args` of a pod without a `command`: the image knows which program it is.
    nameless_ = words_.front().text.starts_with('-');
    std::size_t begin = nameless_ ? 0 : 1;
    if (!nameless_) program_ = program_of(words_, begin);
    const bool persistent = is_persistent(program_, words_);
    const bool local = talks_to_itself(words_);
    for (std::size_t i = begin; i < words_.size(); ++i) {
      const std::size_t before = result_.size();
      if (!local) read_switch(i);
      read_setting(i, persistent);
      if (before == result_.size() && carries_text()) read_text(words_[i]);
    }
    return std::move(result_);
  }

 private:
  void add(Unchecked kind, std::string_view check, std::string_view shown, std::size_t first, std::size_t last) {
    result_.push_back({{kind, cover(words_[first].range, words_[last].range),
                        (nameless_ ? std::string() : std::string(program_) + " ") + std::string(shown), check},
                       std::pair(offset_ + first, offset_ + last)});
  }

  void read_switch(std::size_t i) {
    const std::string_view word = words_[i].text;
    if (program_ == "curl" && has_insecure_letter(word)) {
      const bool alone = word.size() == 2;
      add(Unchecked::Transfer, "CKV2_DOCKER_2", "-k", i, i);
      if (!alone) result_.back().words.reset();
      return;
    }
    const std::string_view name = word.substr(0, word.find('='));
    if (!name.starts_with("--")) return;
    if (word == kAnywhere) return add(Unchecked::Transfer, {}, name, i, i);
    for (const Switch& option : kSwitches) {
      if (!lists(option.programs, program_) || !lists(option.options, name)) continue;
      if (name.size() < word.size() && !option.takes_value) return;
      const bool apart = option.takes_value && name.size() == word.size() && i + 1 < words_.size();
      add(option.kind, option.check, name, i, apart ? i + 1 : i);
      result_.back().found.range = words_[i].range;
      return;
    }
  }

  void read_setting(std::size_t i, bool persistent) {
    const std::string lower = ascii_lower(words_[i].text);
    const std::string_view part = setting_part(lower);
    const std::size_t equals = part.rfind('=');
    const std::string_view key = part.substr(0, equals);
    const bool apart = equals == std::string_view::npos;
    if (apart && i + 1 == words_.size()) return;
    const std::string value = apart ? ascii_lower(words_[i + 1].text) : std::string(part.substr(equals + 1));
    for (const Setting& setting : kSettings) {
      if (!is_key(key, setting.key) || !lists(setting.off, value) || !lists(setting.programs, program_)) continue;
      add(persistent ? Unchecked::Setting : setting.kind, persistent || setting.key == "sslverify" ? setting.check : "",
          std::string(setting.key) + "=" + value, i, apart ? i + 1 : i);
      // What changes a file has nothing left to do without its words.
      if (persistent || words_[i].text.front() != '-') result_.back().words.reset();
      return;
    }
  }

  /// Whether the words of the command are texts for files, or for an SSH that it starts.
  [[nodiscard]] bool carries_text() const {
    if (program_ == "echo" || program_ == "printf") return writes_;
    return lists(" sed add-apt-repository ssh scp sftp rsync git autossh lftp ", program_);
  }

  void read_text(const shell::Word& word) {
    for (Unverified& found : unverified_in_text(program_ == "sed" ? written_by_sed(word.text) : word.text)) {
      found.range = part_range(word, found.range.begin, found.range.size());
      result_.push_back({std::move(found), std::nullopt});
    }
  }

  std::span<const shell::Word> words_;
  std::size_t offset_;
  bool writes_;
  std::string_view program_;  ///< empty when it has no name
  bool nameless_ = false;
  std::vector<UnverifiedWords> result_;
};

}  // namespace

std::vector<Unverified> unverified_in_text(std::string_view text) {
  std::vector<Unverified> result;
  const std::string lower = ascii_lower(text);
  for (const Phrase& phrase : kPhrases) {
    for (std::size_t at = lower.find(phrase.text); at != std::string::npos; at = lower.find(phrase.text, at + 1)) {
      // "repo_gpgcheck=0" is another setting, and nearly always off.
      if (at > 0 && is_word_part(lower[at - 1])) continue;
      if (phrase.text == "trusted=yes" && is_local_source(lower, at)) continue;
      const auto begin = static_cast<std::uint32_t>(at);
      result.push_back({phrase.kind,
                        {begin, begin + static_cast<std::uint32_t>(phrase.text.size())},
                        std::string(text.substr(at, phrase.text.size())),
                        phrase.check});
    }
  }
  std::sort(result.begin(), result.end(), [](const Unverified& a, const Unverified& b) { return a.range < b.range; });
  return result;
}

std::optional<Unverified> unverified_variable(std::string_view name, std::string_view value) {
  if (ascii_lower(value).find("stricthostkeychecking=no") != std::string::npos)
    return Unverified{Unchecked::HostKey, {}, "StrictHostKeyChecking=no", {}};
  const Variable* variable = find_variable(name);
  if (variable == nullptr) return std::nullopt;
  if (variable->off.empty() ? value.empty() && variable->name != "GIT_SSL_NO_VERIFY"
                            : !lists(variable->off, ascii_lower(value)))
    return std::nullopt;
  return Unverified{Unchecked::Environment, {}, std::string(name), variable->check};
}

std::string_view verifying_value(std::string_view name) {
  const Variable* variable = find_variable(name);
  return variable == nullptr ? std::string_view() : variable->on;
}

std::vector<UnverifiedWords> unverified_words(const shell::Command& command, bool writes) {
  return CommandReader(command, writes).read();
}

}  // namespace quaymaster::rules
