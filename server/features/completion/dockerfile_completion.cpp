#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "features/completion/dockerfile_words.h"
#include "features/completion/sources.h"
#include "syntax/dockerfile_line.h"
#include "text/ascii.h"

namespace quaymaster {
namespace {

using Kind = CompletionItem::Kind;
using syntax::DockerfileSegment;

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return result;
}

bool is_lower(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

template <class Visit>
void for_each_word(std::string_view words, Visit visit) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    visit(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
}

/// The instruction that is being typed, up to the cursor.
struct Typed {
  std::vector<std::string> words;  ///< the words before the one at the cursor
  std::string word;                ///< what of it stands before the cursor
  TextRange range;                 ///< the word on both sides of the cursor
};

class DockerfileCompletion {
 public:
  DockerfileCompletion(const Analysis& analysis, const DockerfileModel& model, std::uint32_t offset)
      : text_(analysis.source.text), model_(model), offset_(offset) {}

  Completions find() {
    const DockerfileSegment* segment = segment_at();
    if (in_heredoc()) return variables();
    if (const auto line = comment_line()) {
      if (may_be_directive(*line, segment)) add_directives(*line);
      return std::move(result_);
    }
    if (typed_variable(text_, offset_)) return variables();
    std::optional<Typed> typed = typed_at(segment);
    if (!typed) return {};
    result_.range = typed->range;
    const bool triggered = !typed->words.empty() && upper(typed->words.front()) == "ONBUILD";
    if (triggered) typed->words.erase(typed->words.begin());
    if (typed->words.empty())
      add_instructions(typed->word, triggered);
    else
      add_arguments(*typed);
    return std::move(result_);
  }

 private:
  /// The segment that the cursor stands in or right behind; null when it stands where a new one begins.
  [[nodiscard]] const DockerfileSegment* segment_at() const {
    const DockerfileSegment* found = nullptr;
    for (const DockerfileSegment& segment : model_.segments.segments)
      if (segment.range.begin < offset_ || (segment.range.begin == offset_ && offset_ < segment.range.end))
        found = &segment;
    return found;
  }

  [[nodiscard]] TextRange line() const {
    std::uint32_t begin = offset_;
    while (begin > 0 && text_[begin - 1] != '\n') --begin;
    return {begin, offset_};
  }

  /// The line up to the cursor, if it is a comment.
  [[nodiscard]] std::optional<TextRange> comment_line() const {
    const TextRange before = line();
    return syntax::is_comment_line(slice(text_, before)) ? std::optional(before) : std::nullopt;
  }

  [[nodiscard]] bool in_heredoc() const {
    return std::ranges::any_of(model_.file.instructions, [&](const dockerfile::Placed& placed) {
      const auto holds = [&](const std::vector<dockerfile::Heredoc>& heredocs) {
        return std::ranges::any_of(heredocs, [&](const dockerfile::Heredoc& heredoc) {
          const TextRange body = heredoc.content.shifted(placed.begin);
          return body.begin <= offset_ && offset_ < body.end;
        });
      };
      if (const auto* run = placed.instruction->as<dockerfile::Run>()) return holds(run->heredocs);
      if (const auto* copy = placed.instruction->as<dockerfile::Copy>()) return holds(copy->heredocs);
      const auto* add = placed.instruction->as<dockerfile::Add>();
      return add != nullptr && holds(add->heredocs);
    });
  }

  /// The instruction at the cursor; the last one before it when it stands in none.
  [[nodiscard]] const dockerfile::Placed* placed() const {
    const auto& all = model_.file.instructions;
    const auto behind = std::ranges::upper_bound(all, offset_, {}, &dockerfile::Placed::begin);
    return behind == all.begin() ? nullptr : &*std::prev(behind);
  }

  Completions variables() const {
    const auto typed = typed_variable(text_, offset_);
    if (!typed) return {};
    std::vector<std::string> names;
    std::set<std::string_view> seen;
    const dockerfile::Placed* at = placed();
    constexpr std::size_t kMost = 2 * kMaxCompletions;
    std::size_t looked_at = 0;
    for (const dockerfile::Scope* scope = at && at->context ? at->context->scope.get() : nullptr;
         scope != nullptr && looked_at < kMost; scope = scope->outer.get(), ++looked_at)
      if (seen.insert(scope->variable.name).second) names.push_back(scope->variable.name);
    return variable_completions(*typed, names);
  }

  /// Directives stand at the top, before everything else.
  [[nodiscard]] bool may_be_directive(TextRange line, const DockerfileSegment* segment) const {
    const auto& segments = model_.segments.segments;
    if (segment == nullptr || segments.empty()) return true;
    if (segment->kind == DockerfileSegment::Kind::Directives) return true;
    const bool behind_directives =
        segment == segments.data() + 1 && segments.front().kind == DockerfileSegment::Kind::Directives;
    return (segment == segments.data() || behind_directives) && segment->range.begin == line.begin;
  }

  void add_directives(TextRange line) {
    const std::string_view before = slice(text_, line);
    const std::size_t hash = before.find('#');
    const std::size_t begin = std::min(before.find_first_not_of(" \t", hash + 1), before.size());
    const std::string_view typed = before.substr(begin);
    const std::size_t equals = typed.find('=');
    const auto word_begin = static_cast<std::uint32_t>(line.begin + begin);
    if (equals != std::string_view::npos) {
      const std::string name = ascii_lower(typed.substr(0, equals));
      result_.range = word_around(word_begin + static_cast<std::uint32_t>(equals) + 1, " \t\r\n");
      for (const DirectiveWord& directive : directive_words())
        if (directive.name == name) add_values(directive.values, Kind::Value);
      return;
    }
    if (typed.find_first_of(" \t") != std::string_view::npos) return;
    result_.range = word_around(word_begin, "= \t\r\n");
    const bool has_value = result_.range.end < text_.size() && text_[result_.range.end] == '=';
    for (const DirectiveWord& directive : directive_words()) {
      const bool there = std::ranges::any_of(model_.file.directives, [&](const dockerfile::ParserDirective& other) {
        return other.name == directive.name && other.name_range != result_.range;
      });
      if (there) continue;
      CompletionItem item{.label = std::string(directive.name), .kind = Kind::Directive};
      item.text = (hash + 1 == begin ? " " : "") + item.label + (has_value ? "" : "=");
      item.about = "dockerfile:# " + item.label;
      result_.items.push_back(std::move(item));
    }
  }

  /// From `begin` over the cursor to the next of `ends`.
  [[nodiscard]] TextRange word_around(std::uint32_t begin, std::string_view ends) const {
    const std::size_t end = std::min(text_.find_first_of(ends, offset_), text_.size());
    return {std::min(begin, offset_), static_cast<std::uint32_t>(end)};
  }

  [[nodiscard]] std::optional<Typed> typed_at(const DockerfileSegment* segment) const {
    if (segment == nullptr || segment->kind != DockerfileSegment::Kind::Instruction || behind(*segment)) {
      const std::uint32_t begin = syntax::trimmed(text_, line()).begin;
      const bool blank = syntax::is_empty_line(slice(text_, line()));
      return blank ? Typed{{}, {}, word_around(offset_, " \t\r\n")} : Typed{{}, {}, word_around(begin, " \t\r\n")};
    }
    const MappedText joined = syntax::joined(text_, {segment->range.begin, offset_}, model_.segments.escape);
    const std::string& bytes = joined.bytes();
    Typed typed;
    std::uint32_t begin = 0;
    for (std::uint32_t at = 0; at < bytes.size(); ++at) {
      if (!syntax::is_blank(bytes[at])) continue;
      if (at > begin) typed.words.push_back(bytes.substr(begin, at - begin));
      begin = at + 1;
    }
    typed.word = bytes.substr(begin);
    const std::uint32_t word_begin =
        typed.word.empty() ? offset_ : joined.to_file({begin, static_cast<std::uint32_t>(bytes.size())}).begin;
    if (slice(text_, {word_begin, offset_}).find('\n') != std::string_view::npos) return std::nullopt;
    typed.range = word_around(word_begin, typed.words.empty() ? " \t\r\n" : " \t\r\n,=");
    return typed;
  }

  /// Whether the cursor is in the line below the segment.
  [[nodiscard]] bool behind(const DockerfileSegment& segment) const {
    if (offset_ < segment.range.end || offset_ == 0 || text_[offset_ - 1] != '\n') return false;
    std::uint32_t begin = offset_ - 1;
    while (begin > segment.range.begin && text_[begin - 1] != '\n') --begin;
    return syntax::continuation_at(slice(text_, {begin, offset_}), model_.segments.escape) == std::string_view::npos;
  }

  void add(std::string label, Kind kind, std::string text, std::string about = {}) {
    CompletionItem item{.label = std::move(label), .kind = kind};
    item.text = std::move(text);
    item.about = std::move(about);
    result_.items.push_back(std::move(item));
  }

  void add_values(std::string_view values, Kind kind) {
    for_each_word(values, [&](std::string_view value) { add(std::string(value), kind, std::string(value)); });
  }

  void add_instructions(std::string_view word, bool triggered) {
    const dockerfile::Placed* before = nullptr;
    for (const dockerfile::Placed& each : model_.file.instructions)
      if (each.begin + each.instruction->statement().range.end <= result_.range.begin) before = &each;
    const bool in_stage = before && (before->context->in_stage || before->instruction->as<dockerfile::From>());
    const auto& all = model_.file.instructions;
    const bool lower =
        word.empty() ? !all.empty() && is_lower(all.front().instruction->statement().keyword_text) : is_lower(word);
    const bool alone =
        result_.range.end == text_.size() || text_[result_.range.end] == '\n' || text_[result_.range.end] == '\r';
    for (const DockerfileInstruction& instruction : dockerfile_instructions()) {
      if (!in_stage && instruction.name != "FROM" && instruction.name != "ARG") continue;
      if (triggered && (instruction.name == "FROM" || instruction.name == "ONBUILD")) continue;
      const std::string name = lower ? ascii_lower(instruction.name) : std::string(instruction.name);
      add(name, Kind::Keyword, name + (alone ? " " : ""), "dockerfile:" + std::string(instruction.name));
      if (alone) result_.items.back().snippet = name + std::string(instruction.rest);
    }
  }

  void add_arguments(const Typed& typed) {
    const std::string keyword = upper(typed.words.front());
    const bool only_flags = std::all_of(typed.words.begin() + 1, typed.words.end(),
                                        [](const std::string& word) { return word.starts_with("--"); });
    if (only_flags && typed.word.starts_with("--") && typed.word.find('=') != std::string::npos)
      return add_flag_values(keyword, typed);
    if (only_flags && (typed.word.empty() || typed.word.starts_with('-'))) add_flags(keyword, typed);
    if (typed.word.starts_with('-')) return;
    const std::size_t arguments = static_cast<std::size_t>(std::count_if(
        typed.words.begin() + 1, typed.words.end(), [](const std::string& word) { return !word.starts_with("--"); }));
    if (keyword == "FROM" && arguments == 0) add_stages();
    if (keyword == "FROM" && arguments == 1) add("AS", Kind::Keyword, "AS ");
    if (keyword == "HEALTHCHECK" && arguments == 0) {
      add("CMD", Kind::Keyword, "CMD ");
      add("NONE", Kind::Keyword, "NONE");
    }
    if (keyword == "STOPSIGNAL" && arguments == 0)
      add_values("SIGTERM SIGINT SIGQUIT SIGHUP SIGUSR1 SIGKILL", Kind::Value);
    if (keyword == "EXPOSE") add_protocols(typed);
    if (keyword == "ARG" && typed.word.find('=') == std::string::npos)
      add_values("TARGETPLATFORM TARGETARCH TARGETOS TARGETVARIANT BUILDPLATFORM BUILDARCH BUILDOS", Kind::Variable);
  }

  /// `8080/tcp`.
  void add_protocols(const Typed& typed) {
    const std::size_t slash = typed.word.find('/');
    if (slash == std::string::npos) return;
    result_.range.begin = offset_ - static_cast<std::uint32_t>(typed.word.size() - slash - 1);
    add_values("tcp udp", Kind::Value);
  }

  void add_flags(std::string_view keyword, const Typed& typed) {
    const bool has_value = result_.range.end < text_.size() && text_[result_.range.end] == '=';
    for (const DockerfileFlag& flag : dockerfile_flags()) {
      if (flag.instruction != keyword) continue;
      const std::string name = "--" + std::string(flag.name);
      const bool there = std::ranges::any_of(
          typed.words, [&](const std::string& word) { return word.substr(0, word.find('=')) == name; });
      if (there && !flag.repeats) continue;
      add(name, Kind::Flag, name + (has_value || !flag.takes_value ? "" : "="),
          "dockerfile:" + std::string(keyword) + " " + name);
    }
  }

  void add_flag_values(std::string_view keyword, const Typed& typed) {
    const std::size_t equals = typed.word.find('=');
    const std::string_view name = std::string_view(typed.word).substr(2, equals - 2);
    if (keyword == "RUN" && name == "mount") return add_mount(std::string_view(typed.word).substr(equals + 1));
    result_.range = word_around(offset_ - static_cast<std::uint32_t>(typed.word.size() - equals - 1), " \t\r\n");
    if (name == "from") return add_stages();
    for (const DockerfileFlag& flag : dockerfile_flags())
      if (flag.instruction == keyword && flag.name == name) add_values(flag.values, Kind::Value);
  }

  /// The fields of a mount, of which the last one is being typed.
  void add_mount(std::string_view fields) {
    std::string type = "bind";
    std::set<std::string_view> there;
    while (fields.find(',') != std::string_view::npos) {
      const std::string_view field = fields.substr(0, fields.find(','));
      fields.remove_prefix(field.size() + 1);
      const std::string_view name = field.substr(0, field.find('='));
      there.insert(name);
      if (name == "type" && field.size() > 5) type = field.substr(5);
    }
    const std::size_t equals = fields.find('=');
    const std::size_t typed = equals == std::string_view::npos ? fields.size() : fields.size() - equals - 1;
    result_.range = word_around(offset_ - static_cast<std::uint32_t>(typed),
                                equals == std::string_view::npos ? " \t\r\n,=" : " \t\r\n,");
    if (equals != std::string_view::npos) {
      const std::string_view name = fields.substr(0, equals);
      if (name == "from") return add_stages();
      const auto words = mount_field_words();
      const auto found = std::ranges::find_if(words, [&](const MountFieldWord& field) {
        return field.name == name && field.types.find(" " + type + " ") != std::string_view::npos;
      });
      if (found != words.end()) add_values(found->values, Kind::Value);
      return;
    }
    const bool has_value = result_.range.end < text_.size() && text_[result_.range.end] == '=';
    for (const MountFieldWord& field : mount_field_words()) {
      if (there.contains(field.name) || field.types.find(" " + type + " ") == std::string_view::npos) continue;
      add(std::string(field.name), Kind::Flag, std::string(field.name) + (has_value || !field.takes_value ? "" : "="),
          "dockerfile:mount " + std::string(field.name));
    }
  }

  /// The stages above the cursor, the nearest first.
  void add_stages() {
    const auto& stages = model_.file.stages;
    std::set<std::string_view> seen;
    const dockerfile::Stage* own_stage = stage_of_cursor();
    for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
      const dockerfile::Placed& from = model_.file.instructions[stage->first];
      const std::uint32_t end = from.begin + from.instruction->statement().range.end;
      const bool own = &*stage == own_stage;
      if (end > offset_ || own || stage->name.empty() || !seen.insert(stage->name).second) continue;
      add(stage->name, Kind::Name, stage->name);
      result_.items.back().detail = "stage";
    }
  }

  [[nodiscard]] const dockerfile::Stage* stage_of_cursor() const {
    const dockerfile::Placed* at = placed();
    if (at == nullptr) return nullptr;
    return model_.file.stage_of(static_cast<std::size_t>(at - model_.file.instructions.data()));
  }

  std::string_view text_;
  const DockerfileModel& model_;
  std::uint32_t offset_;
  Completions result_;
};

}  // namespace

Completions dockerfile_completions(const Analysis& analysis, const DockerfileModel& model, std::uint32_t offset) {
  return DockerfileCompletion(analysis, model, offset).find();
}

}  // namespace quaymaster
