#include "model/shell/script.h"

#include <algorithm>
#include <array>
#include <span>

#include "text/ascii.h"

namespace quaymaster::shell {
namespace {

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string_view::npos || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

bool is_cluster_with(std::string_view word, char letter) {
  if (letter == '\0' || word.size() < 2 || word[0] != '-') return false;
  const std::string_view letters = word.substr(1);
  const auto is_alphanumeric = [](char c) {
    return ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9');
  };
  return std::ranges::all_of(letters, is_alphanumeric) && letters.find(letter) != std::string_view::npos;
}

}  // namespace

Dialect dialect_of(std::string_view program) {
  static constexpr std::array<std::string_view, 10> kPosix{"sh",  "bash", "dash",    "ash",  "zsh",
                                                           "ksh", "mksh", "busybox", "yash", "rbash"};
  std::string name = ascii_lower(program.substr(program.find_last_of("/\\") + 1));
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  return std::ranges::find(kPosix, name) != kPosix.end() ? Dialect::Posix : Dialect::Other;
}

Dialect dialect_of_text(std::string_view text, Dialect dialect) {
  static constexpr std::array<std::string_view, 3> kOthers{"powershell", "pwsh", "cmd"};
  static constexpr std::string_view kBlanks = " \t\r\n";
  const auto take_word = [](std::string_view& from) {
    from.remove_prefix(std::min(from.find_first_not_of(kBlanks), from.size()));
    const std::string_view word = from.substr(0, from.find_first_of(kBlanks));
    from.remove_prefix(word.size());
    return word;
  };
  if (!text.starts_with("#!")) {
    const std::string_view word = take_word(text);
    std::string program = ascii_lower(word.substr(word.find_last_of("/\\") + 1));
    if (program.ends_with(".exe")) program.resize(program.size() - 4);
    return std::ranges::find(kOthers, program) == kOthers.end() ? dialect : Dialect::Other;
  }
  std::string_view line = text.substr(2, text.find('\n') - 2);
  std::string_view program = take_word(line);
  if (base_name(program) == "env") do
      program = take_word(line);
    while (program.starts_with('-') || program.find('=') != std::string_view::npos);
  return dialect_of(program);
}

std::string_view Wrapper::name() const { return base_name(words.front().text); }

std::string_view Command::name() const { return base_name(words.front().text); }

std::vector<const Word*> Command::arguments() const {
  std::vector<const Word*> result;
  bool options_end = false;
  for (const Word& word : std::span(words).subspan(1)) {
    if (!options_end && word.text == "--")
      options_end = true;
    else if (options_end || !is_option(word.text))
      result.push_back(&word);
  }
  return result;
}

const Word* Command::option(std::string_view long_name, char short_name) const {
  for (const Word& word : std::span(words).subspan(1)) {
    const std::string_view text = word.text;
    if (text == "--") return nullptr;
    if (is_cluster_with(text, short_name)) return &word;
    if (long_name.empty() || !text.starts_with(long_name)) continue;
    if (text.size() == long_name.size() || text[long_name.size()] == '=') return &word;
  }
  return nullptr;
}

const Wrapper* Command::wrapped_by(std::string_view wrapper) const {
  const auto found = std::find_if(wrappers.rbegin(), wrappers.rend(),
                                  [wrapper](const Wrapper& candidate) { return candidate.name() == wrapper; });
  return found == wrappers.rend() ? nullptr : &*found;
}

std::optional<Edit> Text::edit(TextRange range, std::string_view replacement) const {
  std::vector<Layer> layers = source.layers;
  for (const NestedText& nested : script->nested) {
    if (!nested.range.contains(range)) continue;
    if (!nested.layer) return std::nullopt;
    layers.insert(layers.begin(), *nested.layer);
  }
  return edit_in_layers(source.text, layers, range, replacement);
}

}  // namespace quaymaster::shell
