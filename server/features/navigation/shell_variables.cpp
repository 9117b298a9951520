#include "features/navigation/shell_variables.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <utility>

namespace quaymaster {
namespace {

/// Of `sh -c` in `sh -c`, and of quotes, braces and substitutions; what is deeper is left alone.
constexpr int kMaxNestedTexts = 4;
constexpr std::size_t kMaxNesting = 1000;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

/// The name before the '=' or '+=' of an assignment; empty when `word` is none. An element's index is left out.
std::string_view assigned_name(std::string_view word) {
  const std::uint32_t length = variable_name_length(word);
  std::string_view rest = word.substr(length);
  if (length > 0 && rest.starts_with('[')) rest.remove_prefix(std::min(rest.find(']'), rest.size() - 1) + 1);
  if (rest.starts_with('+')) rest.remove_prefix(1);
  return rest.starts_with('=') ? word.substr(0, length) : std::string_view();
}

class ShellReader {
 public:
  /// `text` begins at `base` in the text of `outer`, which is null for a text that is not nested.
  ShellReader(std::string_view text, std::uint32_t base, const ShellReader* outer, ShellVariables& found)
      : text_(text), base_(base), outer_(outer), depth_(outer == nullptr ? 0 : outer->depth_ + 1), found_(found) {}

  void read() {
    frames_.push_back({Frame::Kind::Commands});
    while (at_ < text_.size() && frames_.size() < kMaxNesting) step();
    at_ = text_.size();
    while (!frames_.empty()) close_frame();
  }

 private:
  static constexpr std::size_t kNo = std::string_view::npos;

  struct Frame {
    enum class Kind : std::uint8_t { Commands, DoubleQuotes, Braces };
    Kind kind = Kind::Commands;
    char close = '\0';             // ')' of `$(`, '`', or none
    bool quoted = false;           // Braces inside of double quotes
    std::size_t word_begin = kNo;  // of the word being read; of Commands only
    std::string command = {};      // the program of the command being read; empty before it
    std::string last_word = {};
    std::size_t arguments = 0;
    bool shell = false;                                             // a shell is named in the command
    std::vector<std::pair<std::string, std::size_t>> pending = {};  // assignments before the program, and their end
    std::size_t first_use = 0;                                      // of the command being read, in from_environment
  };
  struct Heredoc {
    std::string delimiter;
    bool quoted = false;
    bool strip_tabs = false;
  };

  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  Frame& frame() { return frames_.back(); }

  void step() {
    const char c = text_[at_];
    if (c == '\\') {
      begin_word();
      at_ = std::min(at_ + 2, text_.size());
    } else if (c == '$') {
      begin_word();
      dollar();
    } else if (c == '`') {
      backtick();
    } else if (frame().kind == Frame::Kind::Commands) {
      in_commands(c);
    } else if (frame().kind == Frame::Kind::DoubleQuotes) {
      if (c == '"') frames_.pop_back();
      ++at_;
    } else {
      in_braces(c);
    }
  }

  void in_braces(char c) {
    if (c == '}') {
      frames_.pop_back();
      ++at_;
    } else if (c == '\'' && !frame().quoted) {
      skip_single_quotes();
    } else if (c == '"') {
      frames_.push_back({Frame::Kind::DoubleQuotes});
      ++at_;
    } else {
      ++at_;
    }
  }

  void in_commands(char c) {
    switch (c) {
      case ' ':
      case '\t':
      case '\r':
        end_word();
        ++at_;
        return;
      case '\n':
        end_command();
        ++at_;
        read_heredocs();
        return;
      case ';':
      case '&':
      case '|':
      case '(':
        end_command();
        if (rest().starts_with("((")) return arithmetic(2);
        ++at_;
        return;
      case ')':
        end_command();
        if (frame().close == ')') frames_.pop_back();
        ++at_;
        return;
      case '<':
      case '>': return redirection();
      case '#':
        if (frame().word_begin == kNo) {
          at_ = std::min(text_.find('\n', at_), text_.size());
          return;
        }
        ++at_;
        return;
      case '\'': return single_quoted();
      case '"':
        begin_word();
        frames_.push_back({Frame::Kind::DoubleQuotes});
        ++at_;
        return;
      default: begin_word(); ++at_;
    }
  }

  void begin_word() {
    if (frame().kind == Frame::Kind::Commands && frame().word_begin == kNo) frame().word_begin = at_;
  }

  void use(std::size_t begin, std::size_t length) {
    if (length == 0) return;
    std::string name(text_.substr(begin, length));
    if (sets(name)) return;
    const auto at = static_cast<std::uint32_t>(begin) + base_;
    found_.from_environment.push_back({std::move(name), {at, at + static_cast<std::uint32_t>(length)}});
  }

  /// Whether this text has set the variable so far, or one that it is nested in.
  [[nodiscard]] bool sets(const std::string& name) const {
    return own_.contains(name) || (outer_ != nullptr && outer_->sets(name));
  }

  void own(std::string_view name) {
    if (!is_variable_name(name)) return;
    own_.emplace(name);
    found_.own.emplace(name);
  }

  void dollar() {
    if (rest().starts_with("$((")) return arithmetic(3);
    if (rest().starts_with("$(")) {
      at_ += 2;
      open_commands(')');
      return;
    }
    const bool quoted = frame().kind == Frame::Kind::DoubleQuotes || frame().quoted;
    if (rest().starts_with("${")) {
      std::size_t begin = at_ + 2;
      if (begin + 1 < text_.size() && (text_[begin] == '#' || text_[begin] == '!') && text_[begin + 1] != '}') ++begin;
      const std::size_t length = begin < text_.size() ? variable_name_length(text_.substr(begin)) : 0;
      use(begin, length);
      at_ = begin + length;
      frames_.push_back({.kind = Frame::Kind::Braces, .quoted = quoted});
      return;
    }
    ++at_;
    const std::size_t length = variable_name_length(rest());
    use(at_, length);
    at_ += length;
    if (length == 0 && at_ < text_.size() && text_[at_] == '\'' && !quoted) single_quoted();
  }

  /// `((…))`, in which names stand without '$'.
  void arithmetic(std::size_t open) {
    const std::size_t end = std::min(text_.find("))", at_ + open), text_.size());
    for (at_ += open; at_ < end;) {
      const std::size_t length = variable_name_length(text_.substr(at_, end - at_));
      use(at_, length);
      if (length == 0 && text_[at_] >= '0' && text_[at_] <= '9')
        while (at_ < end &&
               (variable_name_length(text_.substr(at_, 1)) > 0 || (text_[at_] >= '0' && text_[at_] <= '9')))
          ++at_;
      else
        at_ += std::max<std::size_t>(length, 1);
    }
    at_ = std::min(end + 2, text_.size());
  }

  void backtick() {
    if (in_backticks_) {
      while (frame().close != '`') close_frame();
      close_frame();
    } else {
      begin_word();
      open_commands('`');
    }
    in_backticks_ = !in_backticks_;
    ++at_;
  }

  void open_commands(char close) {
    frames_.push_back({.kind = Frame::Kind::Commands, .close = close, .first_use = found_.from_environment.size()});
  }

  void close_frame() {
    if (frame().kind == Frame::Kind::Commands) end_command();
    frames_.pop_back();
  }

  void skip_single_quotes() { at_ = std::min(std::min(text_.find('\'', at_ + 1), text_.size()) + 1, text_.size()); }

  void single_quoted() {
    const std::size_t begin = at_;
    const bool whole_word = frame().word_begin == kNo;
    begin_word();
    skip_single_quotes();
    if (!whole_word || !runs_text() || depth_ >= kMaxNestedTexts || at_ < begin + 2) return;
    const std::string_view inner = text_.substr(begin + 1, at_ - begin - 2);
    ShellReader(inner, base_ + static_cast<std::uint32_t>(begin) + 1, this, found_).read();
  }

  /// Whether the next word is a text for a shell: `sh -c`, `bash -euxc`, `su app -c`.
  [[nodiscard]] bool runs_text() const {
    const Frame& here = frames_.back();
    const std::string_view option = here.last_word;
    return here.shell && option.size() > 1 && option[0] == '-' && option[1] != '-' && option.ends_with('c');
  }

  void redirection() {
    end_word();
    if (!rest().starts_with("<<") || rest().starts_with("<<<")) {
      at_ += rest().starts_with("<<<") ? 3 : 1;
      if (at_ < text_.size() && (text_[at_] == '&' || text_[at_] == '>' || text_[at_] == '|')) ++at_;
      return;
    }
    at_ += 2;
    Heredoc heredoc;
    if (rest().starts_with('-')) {
      heredoc.strip_tabs = true;
      ++at_;
    }
    while (rest().starts_with(' ') || rest().starts_with('\t')) ++at_;
    for (; at_ < text_.size() && std::string_view(" \t\r\n;&|<>()").find(text_[at_]) == kNo; ++at_) {
      const char c = text_[at_];
      if (c == '\'' || c == '"' || c == '\\')
        heredoc.quoted = true;
      else
        heredoc.delimiter += c;
    }
    if (!heredoc.delimiter.empty()) heredocs_.push_back(std::move(heredoc));
  }

  /// The bodies of the here-documents that were announced; `at_` is behind the line break.
  void read_heredocs() {
    for (const Heredoc& heredoc : std::exchange(heredocs_, {})) {
      const std::size_t begin = at_;
      std::size_t end = text_.size();
      while (at_ < text_.size()) {
        const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_, line_end - at_);
        if (heredoc.strip_tabs) line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        const bool terminator = line == heredoc.delimiter;
        if (terminator) end = at_;
        at_ = std::min(line_end + 1, text_.size());
        if (terminator) break;
      }
      if (heredoc.quoted) continue;
      for (const VariableName& name : variable_uses(text_.substr(begin, end - begin), '\\', false))
        use(begin + name.range.begin, name.range.size());
    }
  }

  void end_word() {
    Frame& here = frame();
    if (here.word_begin == kNo) return;
    const std::string_view word = text_.substr(here.word_begin, at_ - here.word_begin);
    here.word_begin = kNo;
    if (here.command.empty())
      first_word(here, word);
    else
      argument(here, word);
    here.shell = here.shell || is_one_of(word.substr(word.rfind('/') + 1),
                                         {"sh", "bash", "dash", "ash", "zsh", "ksh", "su", "runuser"});
    here.last_word = word;
  }

  void first_word(Frame& here, std::string_view word) {
    if (const std::string_view name = assigned_name(word); !name.empty()) {
      here.pending.emplace_back(name, at_ + base_);
    } else if (!is_one_of(word, {"if", "then", "else", "elif", "do", "while", "until", "!", "{", "}", "time", "fi",
                                 "done", "esac", "exec"})) {
      here.command = word;
      here.pending.clear();
    }
  }

  void argument(Frame& here, std::string_view word) {
    const std::string_view command = here.command;
    ++here.arguments;
    if (is_one_of(command, {"export", "declare", "typeset", "local", "readonly"})) {
      own(assigned_name(word));
    } else if (is_one_of(command, {"read", "mapfile", "readarray", "unset", "let"})) {
      own(word);
    } else if ((is_one_of(command, {"for", "select"}) && here.arguments == 1) ||
               (command == "getopts" && here.arguments == 2) || (command == "printf" && here.last_word == "-v")) {
      own(word);
    }
  }

  void end_command() {
    end_word();
    Frame& here = frame();
    if (here.command.empty() && !here.pending.empty()) keep_assignments(here);
    here.command.clear();
    here.last_word.clear();
    here.arguments = 0;
    here.shell = false;
    here.pending.clear();
    here.first_use = found_.from_environment.size();
  }

  /// There was nothing but assignments: they hold from their place on.
  void keep_assignments(const Frame& here) {
    std::map<std::string_view, std::size_t> from;
    for (const auto& [name, end] : here.pending) from.emplace(name, end);
    auto& uses = found_.from_environment;
    const auto hidden = [&](const VariableName& name) {
      const auto set = from.find(name.text);
      return set != from.end() && name.range.begin >= set->second;
    };
    const auto first = uses.begin() + static_cast<std::ptrdiff_t>(std::min(here.first_use, uses.size()));
    uses.erase(std::remove_if(first, uses.end(), hidden), uses.end());
    for (const auto& [name, end] : here.pending) own(name);
  }

  std::string_view text_;
  std::uint32_t base_;
  const ShellReader* outer_;
  int depth_;
  ShellVariables& found_;
  std::set<std::string, std::less<>> own_;  // set by this text so far
  std::size_t at_ = 0;
  std::vector<Frame> frames_;
  std::vector<Heredoc> heredocs_;
  bool in_backticks_ = false;
};

}  // namespace

ShellVariables shell_variables(std::string_view text) {
  ShellVariables found;
  ShellReader(text, 0, nullptr, found).read();
  return found;
}

}  // namespace quaymaster
