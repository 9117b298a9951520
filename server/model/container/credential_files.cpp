#include "model/container/credential_files.h"

#include <algorithm>
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

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of('/') + 1); }

bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; }

TextRange range_of(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// The value behind a key that ends at `at`: `= "x"`, `: x`, ` x`, `>x<`. Empty when there is none.
TextRange value_behind(std::string_view text, std::size_t at) {
  constexpr std::string_view kBefore = " \t=:>\"'";
  constexpr std::string_view kAfter = " \t\r\n\"'<,;}\\";
  const std::size_t begin = text.find_first_not_of(kBefore, at);
  if (begin == std::string_view::npos || begin == at) return range_of(at, at);
  // `${TOKEN}` has a brace of its own.
  constexpr std::size_t kLongestVariable = 128;
  const std::string_view variable = text.substr(begin, text[begin] == '$' ? kLongestVariable : 0);
  const std::size_t brace = variable.find_first_of("} \n");
  const bool braced = brace != std::string_view::npos && variable[brace] == '}';
  const std::size_t end = braced ? begin + brace + 1 : text.find_first_of(kAfter, begin);
  return range_of(begin, std::min(end, text.size()));
}

void add_value(std::string_view text, TextRange range, std::vector<FileCredential>& found) {
  const std::string_view value = slice(text, range);
  if (value.empty()) return;
  const bool variable = value.find('$') != std::string_view::npos || value.find('`') != std::string_view::npos;
  if (variable || may_be_credential(value)) found.push_back({range, variable});
}

/// `https://${TOKEN}@github.com`, `https://user:${TOKEN}@host`.
void add_url_variables(std::string_view text, std::vector<FileCredential>& found) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const std::size_t begin = at + 3;
    const std::string_view rest = text.substr(begin, 256);
    const std::string_view authority = rest.substr(0, rest.find_first_of("/ \t\n\"'<>"));
    const std::size_t end = authority.rfind('@');
    if (end == std::string_view::npos) continue;
    const std::size_t variable = authority.substr(0, end).find('$');
    if (variable != std::string_view::npos) found.push_back({range_of(begin + variable, begin + end), true});
  }
}

struct Part {
  TextRange range;  ///< in the bytes of the shell's text
  bool expands = true;
};

/// Finds what the commands of one text write.
class WriteFinder {
 public:
  WriteFinder(const shell::Script& script, std::string_view bytes) : script_(script), bytes_(bytes) {}

  std::vector<WrittenCredential> find() {
    for (std::size_t i = 0; i < script_.commands.size(); ++i) {
      const std::string_view program = script_.commands[i].name();
      if (program == "echo" || program == "printf" || program == "cat" || program == "tee") check_writer(i);
      if (program == "git" || program == "npm" || program == "pnpm" || program == "pip" || program == "pip3")
        check_setting(i);
    }
    return std::move(found_);
  }

 private:
  void check_writer(std::size_t index) {
    const Command& command = script_.commands[index];
    const std::string file = file_of(index);
    if (file.empty()) return;
    if (command.name() == "echo" || command.name() == "printf")
      for (const Word* word : command.arguments()) check_text({word->range, !is_single_quoted(*word)}, file, index);
    if (const std::optional<Part> body = here_document(command)) check_text(*body, file, index);
  }

  /// Where the output of the command goes, if that is a file for credentials.
  [[nodiscard]] std::string file_of(std::size_t index) const {
    for (const shell::Redirection& redirection : script_.commands[index].redirections)
      if ((redirection.op == ">" || redirection.op == ">>" || redirection.op == ">|") &&
          is_credential_file(redirection.target.text))
        return std::string(base_name(redirection.target.text));
    constexpr std::size_t kMost = 3;
    const std::uint32_t pipeline = script_.commands[index].pipeline;
    for (std::size_t i = index; i < script_.commands.size() && i - index <= kMost; ++i) {
      const Command& next = script_.commands[i];
      if (next.pipeline != pipeline) break;
      if (next.name() != "tee") continue;
      for (const Word* word : next.arguments())
        if (is_credential_file(word->text)) return std::string(base_name(word->text));
    }
    return {};
  }

  [[nodiscard]] bool is_single_quoted(const Word& word) const { return slice(bytes_, word.range).starts_with('\''); }

  [[nodiscard]] std::optional<Part> here_document(const Command& command) const {
    for (const shell::Redirection& redirection : command.redirections) {
      if (redirection.op != "<<" && redirection.op != "<<-") continue;
      const std::string_view written = slice(bytes_, redirection.target.range);
      const std::size_t line_end = bytes_.find('\n', redirection.range.end);
      if (line_end == std::string_view::npos || redirection.target.text.empty()) return std::nullopt;
      constexpr std::size_t kLongestBody = 8192;
      const std::string_view rest = bytes_.substr(line_end, kLongestBody);
      const std::size_t end = line_end + std::min(rest.find("\n" + redirection.target.text), rest.size());
      return Part{range_of(line_end + 1, std::max(end, line_end + 1)), written == redirection.target.text};
    }
    return std::nullopt;
  }

  void check_text(Part part, const std::string& file, std::size_t index) {
    if (part.range.size() > budget_) return;
    budget_ -= part.range.size();
    for (const FileCredential& found : credentials_of_file(slice(bytes_, part.range))) {
      // The program that reads the file puts in the variable when it runs.
      if (found.variable && !part.expands) continue;
      found_.push_back({found.range.shifted(part.range.begin), found.variable, file, index});
    }
  }

  /// `npm config set //registry/:_authToken "$TOKEN"`, `git config --global url."https://$TOKEN@host".insteadOf …`.
  void check_setting(std::size_t index) {
    const Command& command = script_.commands[index];
    const std::vector<const Word*> words = command.arguments();
    if (words.empty() || (words[0]->text != "config" && words[0]->text != "set")) return;
    constexpr std::string_view kRemoving[] = {"--unset", "--unset-all", "--remove-section", "unset", "delete", "rm"};
    const bool removes = std::ranges::any_of(command.words, [&](const Word& word) {
      return std::ranges::find(kRemoving, word.text) != std::end(kRemoving);
    });
    if (removes) return;
    const std::string file = std::string(command.name()) + " config";
    for (std::size_t i = 1; i < words.size(); ++i) {
      const Word& word = *words[i];
      if (is_single_quoted(word)) continue;
      std::vector<FileCredential> in_urls;
      add_url_variables(slice(bytes_, word.range), in_urls);
      for (const FileCredential& each : in_urls)
        found_.push_back({each.range.shifted(word.range.begin), true, file, index});
      const bool named = i + 1 == words.size() && i >= 2 && names_credential(words[i - 1]->text);
      if (named && in_urls.empty() && word.text.starts_with('$') && word.text.size() > 1)
        found_.push_back({word.range, true, file, index});
    }
  }

  const shell::Script& script_;
  std::string_view bytes_;
  /// How many bytes may still be read: those of a here-document may be asked for more than once.
  std::uint32_t budget_ = 1U << 18U;
  std::vector<WrittenCredential> found_;
};

}  // namespace

bool is_credential_file(std::string_view path) {
  constexpr std::string_view kNames[] = {".npmrc",   ".netrc",      "_netrc",           ".pypirc",   "pip.conf",
                                         "pip.ini",  ".my.cnf",     ".pgpass",          ".s3cfg",    ".dockercfg",
                                         ".yarnrc",  ".yarnrc.yml", ".git-credentials", "auth.json", "nuget.config",
                                         ".condarc", ".boto",       "settings.xml"};
  const std::string name = ascii_lower(base_name(path));
  if (one_of(kNames, name)) return true;
  struct Place {
    std::string_view folder;
    std::string_view name;
  };
  constexpr Place kPlaces[] = {{".aws/", "credentials"},   {".docker/", "config.json"},
                               {".cargo/", "credentials"}, {".cargo/", "credentials.toml"},
                               {".gem/", "credentials"},   {".bundle/", "config"},
                               {".kube/", "config"},       {".config/gh/", "hosts.yml"}};
  return std::ranges::any_of(kPlaces, [&](const Place& place) {
    return name == place.name && path.substr(0, path.size() - name.size()).ends_with(place.folder);
  });
}

std::vector<FileCredential> credentials_of_file(std::string_view text) {
  constexpr std::string_view kKeys[] = {"_authtoken",        "_auth",        "_password",        "password", "token",
                                        "secret_access_key", "npmauthtoken", "cleartextpassword"};
  const std::string lower = ascii_lower(text);
  std::vector<FileCredential> found;
  for (std::size_t at = 0; at < lower.size();) {
    if (!is_word(lower[at]) || (at > 0 && is_word(lower[at - 1]))) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < lower.size() && is_word(lower[end])) ++end;
    if (one_of(kKeys, std::string_view(lower).substr(at, end - at))) {
      const TextRange value = value_behind(text, end);
      add_value(text, value, found);
      end = std::max<std::size_t>(end, value.end);
    }
    at = end;
  }
  for (const Token& token : find_tokens(text))
    if (token.kind == "password") found.push_back({token.range, false});
  add_url_variables(text, found);
  std::ranges::stable_sort(found, {}, &FileCredential::range);
  const auto surplus = std::unique(found.begin(), found.end(), [](const FileCredential& a, const FileCredential& b) {
    return b.range.begin < a.range.end;
  });
  found.erase(surplus, found.end());
  return found;
}

std::vector<WrittenCredential> written_credentials(const shell::Script& script, std::string_view bytes) {
  return WriteFinder(script, bytes).find();
}

}  // namespace quaymaster::container
