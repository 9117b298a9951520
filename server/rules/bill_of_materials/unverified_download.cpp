#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unverified_download;
namespace {

using shell::Command;

constexpr std::string_view kScript = "piped-script";
constexpr std::string_view kFile = "file";
constexpr std::string_view kAdd = "add";

template <std::size_t N>
bool one_of(const std::string_view (&names)[N], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// Whether the command compares something with what is known of it.
bool verifies(const Command& command) {
  constexpr std::string_view kPrograms[] = {
      "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum",  "md5sum", "b2sum",  "gpgv",
      "gpg",     "gpg2",      "cosign",    "minisign",  "signify",   "openssl", "sha256", "sha512", "slsa-verifier"};
  return one_of(kPrograms, command.name());
}

bool is_interpreter(std::string_view name) {
  constexpr std::string_view kPrograms[] = {"sh",      "bash",    "ash",  "dash", "zsh",  "python",
                                            "python3", "python2", "perl", "ruby", "node", "php"};
  return one_of(kPrograms, name);
}

bool downloads(const Command& command) { return command.name() == "curl" || command.name() == "wget"; }

/// The address that a download fetches; null when it cannot be told.
const shell::Word* address_of(const Command& command) {
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string_view word = command.words[i].text;
    if (word.starts_with("http://") || word.starts_with("https://") || word.starts_with("ftp://"))
      return &command.words[i];
  }
  return nullptr;
}

/// Archives, packages and programs: what is run or installed, not what is read.
bool is_software(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  for (const std::string_view end :
       {".tar.gz", ".tgz", ".tar.xz", ".tar.bz2", ".tbz2", ".txz", ".tar", ".zip", ".deb", ".rpm",  ".apk",     ".jar",
        ".war",    ".whl", ".gz",     ".xz",      ".bin",  ".run", ".sh",  ".py",  ".pl",  ".phar", ".AppImage"})
    if (address.ends_with(end)) return true;
  return address.find("/releases/download/") != std::string_view::npos;
}

/// The last part of an address, for messages.
std::string name_of(std::string_view address) {
  address = without_user(address.substr(0, address.find_first_of("?#")));
  while (address.ends_with('/')) address.remove_suffix(1);
  const std::string_view last = address.substr(address.find_last_of('/') + 1);
  return quoted(last, 40);
}

/// Whether the output of the download at `index` is run by what it is piped to.
bool is_piped_to_interpreter(const std::vector<Command>& commands, std::size_t index) {
  constexpr std::size_t kLongestPipeline = 8;
  const std::size_t end = std::min(commands.size(), index + kLongestPipeline);
  for (std::size_t i = index + 1; i < end && commands[i].pipeline == commands[index].pipeline; ++i) {
    if (!is_interpreter(commands[i].name())) continue;
    // `python -c '…'` and `perl -ne '…'` read it as data.
    return std::none_of(commands[i].words.begin() + 1, commands[i].words.end(), [](const shell::Word& word) {
      return word.text == "-c" || word.text == "-m" || word.text.starts_with("-e") || word.text.ends_with("e'") ||
             word.text == "-ne" || word.text == "-pe" || word.text == "-r";
    });
  }
  return false;
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  const std::vector<Command>& commands = build.text.script->commands;
  const bool verified = std::any_of(commands.begin(), commands.end(), verifies);
  std::optional<Report> file;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    if (!downloads(commands[i])) continue;
    const shell::Word* address = address_of(commands[i]);
    if (address == nullptr) continue;
    const TextRange range = build.text.in_file(address->range);
    if (is_piped_to_interpreter(commands, i)) {
      ctx.report({.variant = kScript,
                  .range = range,
                  .message = name_of(address->text) + " is run unseen, whatever it is at that moment"});
    } else if (!verified && is_software(address->text)) {
      if (!file)
        file = Report{.variant = kFile,
                      .range = range,
                      .message = name_of(address->text) + " is compared with no checksum and no signature"};
      else if (constexpr std::size_t kMostRelated = 20; file->related.size() < kMostRelated)
        file->related.push_back({range, name_of(address->text) + " as well"});
    }
  }
  if (file) ctx.report(*std::move(file));
}

void check_add(const dockerfile::Add& add, RuleContext& ctx) {
  if (add.flag("checksum") != nullptr) return;
  for (const dockerfile::Word& source : add.sources) {
    const std::string_view address = source.string();
    if (!address.starts_with("http://") && !address.starts_with("https://")) continue;
    if (address.substr(0, address.find_first_of("?#")).ends_with(".git")) continue;
    ctx.report({.variant = kAdd,
                .range = source.range,
                .message = name_of(address) + " has no checksum: ADD takes whatever it is then"});
  }
}

}  // namespace

constinit const Rule unverified_download = checked({
    .name = "unverified-download",
    .family = Family::BillOfMaterials,
    .title = "Something is fetched from the network, and nothing says what it has to be.",
    .consequence =
        "The account of a maintainer is taken over, and the archive behind the address is replaced. The next build "
        "takes it without a word: same version, same name, other content. With a checksum in the Dockerfile it would "
        "have stopped, and you would have been the first to know.",
    .fine_when = "The other side is your own, and what it offers is checked when it gets there.",
    .variants = {{.name = "piped-script",
                  .summary = "A script is fetched and run in one go.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "file",
                  .summary = "A program or an archive is fetched, and the RUN compares nothing.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile},
                 {.name = "add",
                  .summary = "ADD fetches something without `--checksum`.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#add---checksum",
                   "https://docs.docker.com/build/building/best-practices/#add-or-copy"},
    .examples =
        {{"a script", "Dockerfile",
          "FROM debian:12.8\nRUN curl -fsSL <|https://example.org/install.sh|> | bash -s --\n"},
         {"an archive", "Dockerfile",
          "FROM debian:12.8\nRUN wget <|https://example.org/a-1.4.2.tar.gz|> && tar xzf a-1.4.2.tar.gz\n"},
         {"ADD", "Dockerfile",
          "FROM debian:12.8\nADD <|https://example.org/a.jar|> /a.jar\nADD --checksum=sha256:24454f830cdb571e2c4ad15481"
          "119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/b.jar /b.jar\n"},
         {"a checksum", "Dockerfile",
          "FROM debian:12.8\nRUN curl -fsSLO https://example.org/a.zip && echo \"$SUM a.zip\" | sha256sum -c -\n"},
         {"a signature", "Dockerfile",
          "FROM debian:12.8\nRUN curl -O https://example.org/a.tgz -O https://example.org/a.tgz.asc && gpg --verify "
          "a.tgz.asc\n"},
         {"data and keys", "Dockerfile",
          "FROM debian:12.8\nRUN curl https://example.org/version.json | python3 -c 'import json' && curl "
          "https://example.org/key.asc | apt-key add -\n"}},
    .checks = {on(check_run), on(check_add)},
});

}  // namespace quaymaster::rules
