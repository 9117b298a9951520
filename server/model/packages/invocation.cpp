#include "model/packages/invocation.h"

#include <algorithm>
#include <utility>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using Words = std::span<const shell::Word>;

constexpr std::size_t kNone = std::string_view::npos;

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == kNone || slash + 1 == path.size() ? path : path.substr(slash + 1);
}

bool is_python(std::string_view program) {
  const std::size_t last = program.find_last_not_of("0123456789.");
  return last != kNone && (program.substr(0, last + 1) == "python" || program.substr(0, last + 1) == "pypy");
}

/// Whether the shell decides what the word is: `$PACKAGES`. A pattern is a word, whatever it comes to.
bool is_computed(const shell::Word& word) { return !word.literal && word.text.find_first_of("$`") != kNone; }

/// An option as written, divided.
struct Option {
  std::string_view name;     ///< "--yes", "-y"; of a cluster all of it
  std::string_view value;    ///< behind '=' or glued to a letter
  bool glued = false;        ///< `value` counts, though it may be empty
  bool takes_next = false;   ///< its value is the next word
  std::string_view letters;  ///< of a cluster, those before its value
};

Option divide(std::string_view word, const ManagerTable& table, std::string_view valued_letters) {
  Option option;
  if (word.starts_with("--") || table.one_dash) {
    const std::size_t equals = word.find('=');
    option.name = word.substr(0, equals);
    if (table.one_dash && option.name.starts_with("--")) option.name.remove_prefix(1);
    option.glued = equals != kNone;
    if (option.glued) option.value = word.substr(equals + 1);
    option.takes_next = !option.glued && lists(table.valued_names, option.name);
    return option;
  }
  option.name = word;
  option.letters = word.substr(1);
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (word[i] == '=') {
      option.letters = word.substr(1, i - 1);
      option.value = word.substr(i + 1);
      option.glued = true;
      break;
    }
    if (valued_letters.find(word[i]) == kNone) continue;
    option.letters = word.substr(1, i);
    option.value = word.substr(i + 1);
    option.glued = !option.value.empty();
    if (option.value.starts_with('=')) option.value.remove_prefix(1);
    option.takes_next = !option.glued;
    break;
  }
  return option;
}

/// Whether `names` has the option, or a letter of the cluster that it is.
bool names_option(std::string_view names, const Option& option) {
  if (option.letters.empty()) return lists(names, option.name);
  return std::ranges::any_of(option.letters, [names](char letter) {
    const char name[] = {'-', letter};
    return lists(names, {name, 2});
  });
}

class Reader {
 public:
  Reader(const ManagerTable& table, std::string_view text) : table_(table), text_(text) {
    result_.manager = table.manager;
  }

  Invocation read(Words program, Words rest) {
    result_.program = base_name(program.back().text);
    result_.program_range = cover(program.front().range, program.back().range);
    result_.verb_range = {result_.program_range.end, result_.program_range.end};
    words_ = rest;
    if (!table_.verb_is_option) find_verb();
    for (std::size_t i = 0; i < words_.size() && !done_;) i += take(i);
    if (verb_ == nullptr && !table_.verb_is_option) set_verb_of_nothing();
    if (verb_ != nullptr && verb_->operands == Operands::OrProject && result_.packages.empty() && result_.literal)
      result_.operation = Operation::Sync;
    if (table_.verb_is_option && result_.operation == Operation::Other) result_.packages.clear();
    assume_yes_when_very_quiet();
    add_flag_packages();
    return std::move(result_);
  }

 private:
  [[nodiscard]] Option divided(std::size_t i) const {
    // `conda clean -afy`: the letters of a command that only cleans have no values.
    const bool cleans = verb_ != nullptr && verb_->operation == Operation::Clean;
    return divide(words_[i].text, table_, cleans ? std::string_view() : table_.valued_letters);
  }

  /// How many words the one at `i` is, with its value.
  [[nodiscard]] std::size_t length(std::size_t i) const {
    const std::string_view word = words_[i].text;
    if (word.size() < 2 || word[0] != '-' || word == "--") return 1;
    return divided(i).takes_next && i + 1 < words_.size() ? 2 : 1;
  }

  /// The verb is the first word that is no option and no value of one. Behind an option that is not known the first
  /// may be its value: then a second one that is a verb counts.
  void find_verb() {
    bool behind_option = false;
    for (std::size_t i = 0; i < words_.size();) {
      const std::string_view word = words_[i].text;
      if (word.starts_with('-') || word.starts_with('+')) {
        behind_option = length(i) == 1;
        i += length(i);
        continue;
      }
      if (set_verb(i)) return;
      if (!behind_option) return;
      behind_option = false;
      ++i;
    }
  }

  bool set_verb(std::size_t i) {
    const std::string_view first = words_[i].text;
    const std::string_view second = i + 1 < words_.size() ? std::string_view(words_[i + 1].text) : std::string_view();
    for (const Verb& verb : table_.verbs) {
      const std::size_t blank = verb.name.find(' ');
      if (verb.name.substr(0, blank) != first || verb.name.empty()) continue;
      if (blank != kNone && verb.name.substr(blank + 1) != second) continue;
      verb_ = &verb;
      verb_begin_ = i;
      verb_end_ = blank == kNone ? i + 1 : i + 2;
      result_.verb = verb.name;
      result_.verb_range = words_[verb_end_ - 1].range;
      result_.operation = verb.operation;
      return true;
    }
    return false;
  }

  void set_verb_of_nothing() {
    const auto alone = std::ranges::find(table_.verbs, std::string_view(), &Verb::name);
    if (alone != table_.verbs.end() && alone->operands == Operands::First) {
      result_.operation = alone->operation;
    } else if (!result_.packages.empty()) {
      result_.verb = result_.packages.front().name;
      result_.verb_range = result_.packages.front().range;
      result_.operation = table_.unknown_verb;
      result_.packages.clear();
    } else if (alone != table_.verbs.end() && result_.literal && !result_.has(Flag::Help) &&
               !result_.has(Flag::Version)) {
      result_.operation = alone->operation;
    }
  }

  /// Takes the word at `i`, and its value; returns how many these are.
  std::size_t take(std::size_t i) {
    const shell::Word& word = words_[i];
    if (i >= verb_begin_ && i < verb_end_) return 1;
    if (is_computed(word) && word.text.find_first_of("$`") == 0) result_.literal = false;
    if (word.text == "--" && !options_end_) {
      options_end_ = true;
      done_ = verb_ != nullptr && verb_->operands == Operands::None;
    } else if (!options_end_ && word.text.size() > 1 && word.text[0] == '-') {
      const std::size_t words = length(i);
      take_option(i, words == 2 ? &words_[i + 1] : nullptr);
      return words;
    } else {
      take_operand(word, i);
    }
    return 1;
  }

  void take_operand(const shell::Word& word, std::size_t i) {
    const bool before_verb = verb_ != nullptr && i < verb_begin_;
    if (before_verb || word.text.empty() || word.text[0] == '+') return;
    if (verb_ == nullptr && !table_.verb_is_option) {
      if (result_.packages.empty()) result_.packages.push_back(read_package(word, text_, table_.notation));
      done_ = true;
      return;
    }
    if (verb_ != nullptr && verb_->operands == Operands::None) return;
    result_.packages.push_back(read_package(word, text_, table_.notation));
    if (verb_ != nullptr && verb_->operands == Operands::First) done_ = true;
  }

  void take_option(std::size_t i, const shell::Word* next) {
    const shell::Word& word = words_[i];
    const Option option = divided(i);
    if (table_.verb_is_option && result_.verb.empty()) {
      const Operation operation = option_verb(table_.manager, word.text);
      if (operation != Operation::Other) {
        result_.operation = operation;
        result_.verb = word.text;
        result_.verb_range = word.range;
      }
    }
    FlagUse use{{}, word.range, std::string(option.value), {word.range.end, word.range.end}};
    if (next != nullptr) {
      use.value = next->text;
      use.value_range = next->range;
    } else if (option.glued) {
      use.value_range = word.range;
    }
    for (const FlagNames& flag : table_.flags) {
      if (!names_option(flag.names, option)) continue;
      const bool has_value = option.glued || next != nullptr;
      if (!flag.values.empty() && has_value && !lists(flag.values, use.value)) continue;
      if (!flag.values.empty() && !has_value && lists(table_.valued_names, option.name)) continue;
      if (flag.values.empty() && use.value == "false" && option.glued) continue;
      use.flag = flag.flag;
      result_.flags.push_back(use);
    }
    if (option.letters.find('q') != kNone)
      quiet_ += static_cast<int>(std::ranges::count(option.letters, 'q')) - (option.glued ? 1 : 0);
    if (option.letters == "q" && option.glued && !option.value.empty() && option.value >= "2") quiet_ += 2;
    if (option.name == "--quiet") ++quiet_;
  }

  /// apt_get(8): -qq implies -y.
  void assume_yes_when_very_quiet() {
    const bool apt = table_.manager == Manager::Apt || table_.manager == Manager::AptGet;
    const FlagUse* quiet = result_.find(Flag::Quiet);
    if (!apt || quiet_ < 2 || quiet == nullptr || result_.has(Flag::AssumeYes)) return;
    result_.flags.push_back({Flag::AssumeYes, quiet->range, {}, {quiet->range.end, quiet->range.end}});
  }

  /// What options name instead of operands: `-r requirements.txt`, `-e .`, `--path .`, `--git https://…`.
  void add_flag_packages() {
    if (result_.operation == Operation::Clean || result_.operation == Operation::Run) return;
    for (const FlagUse& use : result_.flags) {
      const bool cargo = table_.manager == Manager::Cargo;
      const bool git = cargo && slice(text_, use.range).starts_with("--git");
      const bool path = cargo && use.flag == Flag::Path;
      if (use.value.empty() || !(use.flag == Flag::RequirementFile || use.flag == Flag::Editable || git || path))
        continue;
      Package package = read_package({use.value_range, use.value, true}, text_, table_.notation);
      if (use.flag == Flag::RequirementFile) package.origin = Origin::Requirement;
      if (path) package.origin = Origin::Path;
      if (git) package.origin = Origin::Repository;
      if (package.origin != Origin::Registry) {
        package.name = use.value;
        package.name_range = use.value_range;
      }
      result_.packages.push_back(std::move(package));
    }
  }

  const ManagerTable& table_;
  std::string_view text_;
  Words words_;
  const Verb* verb_ = nullptr;
  std::size_t verb_begin_ = 0;
  std::size_t verb_end_ = 0;
  int quiet_ = 0;
  bool options_end_ = false;
  bool done_ = false;
  Invocation result_;
};

}  // namespace

bool is_system(Manager manager) { return manager <= Manager::Pacman; }

const FlagUse* Invocation::find(Flag flag) const {
  const auto found = std::ranges::find(flags, flag, &FlagUse::flag);
  return found == flags.end() ? nullptr : &*found;
}

std::optional<Invocation> invocation(std::span<const shell::Word> words, std::string_view text) {
  if (words.empty() || !words.front().literal) return std::nullopt;
  std::size_t program = 0;
  if (words.size() > 2 && is_python(base_name(words[0].text)) && words[1].text == "-m") program = 2;
  const ManagerTable* table = find_table(base_name(words[program].text));
  if (table == nullptr) return std::nullopt;
  return Reader(*table, text).read(words.first(program + 1), words.subspan(program + 1));
}

}  // namespace quaymaster::packages
