#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "model/compose/project/environment.h"

namespace quaymaster::compose::project {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

bool in_key(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

class Reader {
 public:
  Reader(std::string_view text, const Environment& outer) : text_(text), outer_(outer), known_(outer) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
  }

  std::vector<DotenvEntry> read() && {
    while (at_ < text_.size()) {
      skip_space();
      if (at_ < text_.size() && text_[at_] != '#') read_line();
      skip_line();
    }
    return std::move(result_);
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '\n')) ++at_;
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  void read_line() {
    constexpr std::string_view kExport = "export";
    if (text_.substr(at_).starts_with(kExport) && at_ + kExport.size() < text_.size() &&
        is_blank(text_[at_ + kExport.size()])) {
      at_ += kExport.size();
      skip_blanks();
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && in_key(text_[at_])) ++at_;
    std::string name(text_.substr(begin, at_ - begin));
    const TextRange range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
    skip_blanks();
    if (name.empty()) return;
    if (at_ == text_.size() || text_[at_] == '\n') {
      if (const auto found = outer_.find(name); found != outer_.end()) define(std::move(name), found->second, range);
      return;
    }
    if (text_[at_] != '=' && text_[at_] != ':') return;
    ++at_;
    skip_blanks();
    if (std::optional<std::string> value = read_value()) define(std::move(name), *std::move(value), range);
  }

  void define(std::string name, std::string value, TextRange range) {
    if (value.size() > longest()) return;
    left_ -= value.size();
    // What the outer environment says comes first, also for variables in later values.
    known_.try_emplace(name, value);
    if (!outer_.contains(name)) known_[name] = value;
    result_.push_back({std::move(name), std::move(value), range});
  }

  std::size_t longest() const { return std::min(kLongestValue, left_); }

  /// Nothing when it would be too long: each line can double what stands before.
  std::optional<std::string> filled_in(std::string_view value) {
    Substituted result = substitute(value, known_, longest());
    if (result.too_long) {
      // It took as long as one that is kept.
      left_ -= longest();
      return std::nullopt;
    }
    return std::move(result.text);
  }

  std::optional<std::string> read_value() {
    const char quote = at_ < text_.size() ? text_[at_] : '\n';
    if (quote == '\'' || quote == '"') return quoted(quote);
    const std::size_t line_end = std::min(text_.find('\n', at_), text_.size());
    std::string_view value = text_.substr(at_, line_end - at_);
    at_ = line_end;
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] != '#' || (i > 0 && !is_blank(value[i - 1]))) continue;
      value = value.substr(0, i);
      break;
    }
    while (!value.empty() && is_blank(value.back())) value.remove_suffix(1);
    return filled_in(value);
  }

  /// Text in quotes, which may span lines; nothing when it does not end.
  std::optional<std::string> quoted(char quote) {
    std::string value;
    for (std::size_t at = at_ + 1; at < text_.size(); ++at) {
      const char c = text_[at];
      if (c == quote) {
        at_ = at + 1;
        return quote == '"' ? filled_in(value) : value;
      }
      if (c == '\\' && at + 1 < text_.size() && (quote == '"' || text_[at + 1] == quote)) {
        value += escaped(text_[++at]);
        continue;
      }
      value += c;
    }
    return std::nullopt;
  }

  static std::string escaped(char c) {
    switch (c) {
      case 'n': return "\n";
      case 'r': return "\r";
      case 't': return "\t";
      case '$': return "$$";  // stays as it is when variables are filled in
      case '"':
      case '\'':
      case '\\': return std::string(1, c);
      default: return {'\\', c};
    }
  }

  std::string_view text_;
  const Environment& outer_;
  Environment known_;  // what variables in values see
  std::vector<DotenvEntry> result_;
  std::size_t left_ = std::size_t{4} << 20U;  // bytes of values
  std::size_t at_ = 0;
};

}  // namespace

std::vector<DotenvEntry> read_dotenv_entries(std::string_view text, const Environment& outer) {
  return Reader(text, outer).read();
}

Environment read_dotenv(std::string_view text, const Environment& outer) {
  Environment result;
  for (DotenvEntry& entry : read_dotenv_entries(text, outer)) result[std::move(entry.name)] = std::move(entry.value);
  return result;
}

}  // namespace quaymaster::compose::project
