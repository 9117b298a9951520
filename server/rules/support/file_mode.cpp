#include "rules/support/file_mode.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <span>

namespace quaymaster::rules {
namespace {

constexpr unsigned kOthersWrite = 0002;
constexpr unsigned kGroupWrite = 0020;
constexpr unsigned kSticky = 01000;
constexpr unsigned kSetuid = 04000;
constexpr std::size_t kLongestNumber = 5;

FileMode from_number(std::string_view text, unsigned bits) {
  FileMode mode{.others_write = (bits & kOthersWrite) != 0 && (bits & kSticky) == 0, .setuid = (bits & kSetuid) != 0};
  if (!mode.others_write || text.size() < 3) return mode;
  const unsigned others = bits & 7;
  const unsigned group = (bits >> 3) & 7;
  const unsigned less = bits & ~(kOthersWrite | (group == others ? kGroupWrite : 0));
  mode.without_writing = text.substr(0, text.size() - 2);
  mode.without_writing += static_cast<char>('0' + ((less >> 3) & 7));
  mode.without_writing += static_cast<char>('0' + (less & 7));
  return mode;
}

/// One part of a symbolic mode: "go+rwX".
bool read_clause(std::string_view clause, FileMode& mode) {
  const std::size_t op = clause.find_first_of("+-=");
  if (op == std::string_view::npos || clause.find_first_not_of("ugoa") < op) return false;
  const std::string_view who = clause.substr(0, op);
  const std::string_view permissions = clause.substr(op + 1);
  if (permissions.find_first_not_of("rwxXstugo+-=") != std::string_view::npos) return false;
  if (clause[op] == '-') return true;
  const bool owner = who.empty() || who.find_first_of("ua") != std::string_view::npos;
  if (permissions.find('w') != std::string_view::npos && who.find_first_of("oa") != std::string_view::npos)
    mode.others_write = true;
  if (permissions.find('s') != std::string_view::npos && owner) mode.setuid = true;
  return true;
}

bool is_letter_option(std::string_view word, char letter) {
  return word.size() > 1 && word[0] == '-' && word[1] != '-' && word.find(letter) != std::string_view::npos;
}

/// `-m MODE`, `-m=MODE`, `--mode=MODE` of install and mkdir.
std::optional<ModeChange> option_mode(std::span<const shell::Word> words) {
  ModeChange change;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view word = words[i].text;
    if (word.starts_with("--mode=")) {
      change.mode = &words[i];
      change.text = word.substr(word.find('=') + 1);
    } else if ((word == "--mode" || (is_letter_option(word, 'm') && word.ends_with('m'))) && i + 1 < words.size()) {
      change.mode = &words[++i];
      change.text = words[i].text;
    } else if (word.starts_with("-m") && word.size() > 2 && word[2] >= '0' && word[2] <= '7') {
      change.mode = &words[i];
      change.text = word.substr(2);
    } else if (!word.starts_with('-')) {
      change.paths.push_back(&words[i]);
    }
  }
  return change.mode == nullptr ? std::nullopt : std::optional(std::move(change));
}

std::optional<ModeChange> chmod_mode(std::span<const shell::Word> words) {
  ModeChange change;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const shell::Word& word = words[i];
    // A mode that takes rights away begins with a dash as well.
    if (word.text.starts_with('-') && change.mode == nullptr &&
        word.text.find_first_of("rwxst,") != std::string::npos && !word.text.starts_with("--"))
      return std::nullopt;
    if (word.text.starts_with('-')) {
      change.recursive = change.recursive || word.text == "--recursive" || is_letter_option(word.text, 'R');
    } else if (change.mode == nullptr) {
      change.mode = &word;
      change.text = word.text;
    } else {
      change.paths.push_back(&word);
    }
  }
  return change.mode == nullptr ? std::nullopt : std::optional(std::move(change));
}

}  // namespace

std::optional<FileMode> file_mode(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.find_first_not_of("01234567") == std::string_view::npos) {
    if (text.size() > kLongestNumber) return std::nullopt;
    unsigned bits = 0;
    constexpr int kOctal = 8;
    if (std::from_chars(text.data(), text.data() + text.size(), bits, kOctal).ec != std::errc()) return std::nullopt;
    return from_number(text, bits);
  }
  FileMode mode;
  bool sticky = false;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string_view clause = text.substr(begin, end - begin);
    if (!read_clause(clause, mode)) return std::nullopt;
    if (const std::size_t op = clause.find_first_of("+-="); clause.find('t', op) != std::string_view::npos)
      sticky = clause[op] != '-';
    begin = end + 1;
  }
  // In a folder with the sticky bit nobody can touch the files of others.
  mode.others_write = mode.others_write && !sticky;
  return mode;
}

std::optional<ModeChange> mode_change(const shell::Command& command) {
  if (command.name() == "chmod") return chmod_mode(command.words);
  if (command.name() == "install" || command.name() == "mkdir") return option_mode(command.words);
  return std::nullopt;
}

}  // namespace quaymaster::rules
