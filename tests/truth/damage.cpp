#include "truth/damage.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "model/yaml/document_reader.h"
#include "model/yaml/value.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/yaml_documents.h"

namespace quaymaster::tests {
namespace {

/// How often each text occurs.
using Counted = std::map<std::string, int>;

/// The first text that `less` has oftener than `more`; empty when there is none.
std::string first_lost(const Counted& less, const Counted& more) {
  for (const auto& [text, times] : less) {
    const auto found = more.find(text);
    if (found == more.end() || found->second < times) return text;
  }
  return {};
}

/// The lines that are comments and nothing else, without the blanks around them.
Counted comments_of(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  Counted comments;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const std::size_t sign = line.find_first_not_of(kBlanks);
    if (sign != std::string_view::npos && line[sign] == '#')
      ++comments[std::string(line.substr(sign, line.find_last_not_of(kBlanks) + 1 - sign))];
    at = end + 1;
  }
  return comments;
}

/// How many lines end with "\r\n", and how many with "\n" alone.
std::pair<std::ptrdiff_t, std::ptrdiff_t> line_ends(std::string_view text) {
  std::ptrdiff_t crlf = 0;
  for (std::size_t at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n", at + 2)) ++crlf;
  return {crlf, std::ranges::count(text, '\n') - crlf};
}

/// Whether `edits` change something in `range` of a text, or put something into it. Between two parts it counts as put
/// into the second.
bool touches(const std::vector<Edit>& edits, TextRange range, std::size_t text_size) {
  return std::ranges::any_of(edits, [=](const Edit& edit) {
    const bool behind_last = edit.range.begin == range.end && range.end == text_size;
    return (edit.range.begin < range.end || behind_last) && range.begin <= edit.range.end;
  });
}

/// The instructions of a Dockerfile that `edits` leave alone. A text without a last line end counts as one with it.
Counted untouched_instructions(std::string_view text, const std::vector<Edit>& edits) {
  Counted result;
  for (const syntax::DockerfileSegment& segment : syntax::dockerfile_segments(text).segments) {
    if (segment.kind != syntax::DockerfileSegment::Kind::Instruction || touches(edits, segment.range, text.size()))
      continue;
    const std::string_view instruction = slice(text, segment.range);
    ++result[std::string(instruction.substr(0, instruction.find_last_not_of("\r\n") + 1))];
  }
  return result;
}

/// The scalars of a file of YAML that `edits` leave alone, with the keys that lead to them.
class UntouchedScalars {
 public:
  UntouchedScalars(std::string_view text, const std::vector<Edit>& edits) : edits_(edits), size_(text.size()) {
    yaml::DocumentReader reader;
    for (const TextRange range : syntax::yaml_documents(text)) {
      const auto document = reader.read(slice(text, range));
      begin_ = range.begin;
      add(document->root(), "");
    }
  }

  [[nodiscard]] const Counted& counted() const { return scalars_; }

 private:
  void add(const yaml::Value& value, const std::string& path) {
    if (value.shared()) return;
    if (value.is_scalar() || value.is_null()) {
      if (!touches(edits_, value.range().shifted(begin_), size_))
        ++scalars_[path + "=" + std::string(value.string().value_or(""))];
      return;
    }
    for (const yaml::Entry& entry : value.entries())
      if (!entry.shared && !touches(edits_, entry.key_range.shifted(begin_), size_))
        add(entry.value, path + "/" + std::string(entry.key));
    for (const yaml::Element& element : value.items()) add(element.value, path + "/-");
  }

  const std::vector<Edit>& edits_;
  std::size_t size_;
  std::uint32_t begin_ = 0;
  Counted scalars_;
};

Counted untouched(Language language, std::string_view text, const std::vector<Edit>& edits) {
  return language == Language::Dockerfile ? untouched_instructions(text, edits)
                                          : UntouchedScalars(text, edits).counted();
}

/// Every rule but the one that removes comments on purpose.
RuleSet rules_that_keep_comments() {
  std::vector<const Rule*> rules;
  for (const Rule* rule : built_in_rules())
    if (rule->name != "unused-suppression") rules.push_back(rule);
  return RuleSet(std::move(rules));
}

class Damage {
 public:
  Damage(std::string_view path, Language language) : path_(path), language_(language) {
    Selection everything;
    everything.preset = "all";
    settings_ = resolve(analyzer_.rules(), everything).settings;
  }

  std::string by_all_fixes(const Analysis& before, Applicability floor) const {
    const std::string& text = before.source.text;
    const FixedText fixed = fix_all(analyzer_, before, settings_, floor);
    if (fixed.text == text) return {};
    const Analysis after = analyze(fixed.text);
    std::string out;
    if (!fixed.converged) out += problem(floor, "the fixes do not come to an end");
    if (after.syntax_errors > before.syntax_errors) out += problem(floor, "more that cannot be read");
    if (fix_all(analyzer_, after, settings_, floor).text != fixed.text)
      out += problem(floor, "a second run changes something");
    if (const std::string lost = first_lost(comments_of(text), comments_of(fixed.text)); !lost.empty())
      out += problem(floor, "a comment is lost: " + lost);
    const auto [crlf, lf] = line_ends(text);
    const auto [crlf_after, lf_after] = line_ends(fixed.text);
    if ((crlf == 0 && crlf_after > 0) || (lf == 0 && crlf > 0 && lf_after > 0))
      out += problem(floor, "other line ends");
    return out;
  }

  std::string by_single_fixes(const Analysis& before) const {
    const std::string& text = before.source.text;
    std::string out;
    for (const Diagnostic& diagnostic : before.diagnostics)
      for (const Fix& fix : diagnostic.fixes) {
        if (fix.applicability != Applicability::Safe) continue;
        const std::string after = apply_edits(text, fix.edits);
        const std::string lost = first_lost(untouched(language_, text, fix.edits), untouched(language_, after, {}));
        if (!lost.empty()) out += problem(Applicability::Safe, code_of(diagnostic) + " changes another part: " + lost);
      }
    return out;
  }

  [[nodiscard]] Analysis analyze(const std::string& text) const {
    return analyzer_.analyze({std::string(path_), language_, text}, settings_);
  }

 private:
  [[nodiscard]] std::string problem(Applicability floor, const std::string& what) const {
    return std::string(path_) + " (" + std::string(to_string(floor)) + "): " + what + "\n";
  }

  std::string_view path_;
  Language language_;
  Analyzer analyzer_{rules_that_keep_comments()};
  Settings settings_;
};

}  // namespace

std::string damage_by_fixes(std::string_view path, Language language, const std::string& text) {
  const Damage damage(path, language);
  const Analysis before = damage.analyze(text);
  return damage.by_all_fixes(before, Applicability::Safe) + damage.by_all_fixes(before, Applicability::Unsafe) +
         damage.by_single_fixes(before);
}

}  // namespace quaymaster::tests
