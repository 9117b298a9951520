#include "rules/support/build_step.h"

#include <algorithm>
#include <string>
#include <utility>

#include "model/dockerfile/expansion.h"
#include "rules/support/start_text.h"

namespace quaymaster::rules {
namespace {

using shell::Connector;

/// The value of `key` in `type=cache,target=/x`.
std::string_view part_of(std::string_view mount, std::string_view key) {
  while (!mount.empty()) {
    const std::size_t comma = mount.find(',');
    const std::string_view part = mount.substr(0, comma);
    if (part.size() > key.size() && part.starts_with(key) && part[key.size()] == '=')
      return part.substr(key.size() + 1);
    if (comma == std::string_view::npos) break;
    mount.remove_prefix(comma + 1);
  }
  return {};
}

/// Where the last word or redirection of the script ends.
std::uint32_t end_of_commands(const shell::Script& script) {
  std::uint32_t end = 0;
  for (const shell::Command& command : script.commands) {
    end = std::max(end, command.range.end);
    for (const shell::Redirection& redirection : command.redirections) end = std::max(end, redirection.range.end);
  }
  for (const shell::NestedText& nested : script.nested)
    if (nested.range.end >= end) end = nested.range.end;
  return end;
}

std::uint32_t trimmed_size(std::string_view bytes) {
  const std::size_t last = bytes.find_last_not_of(" \t\r\n");
  return last == std::string_view::npos ? 0 : static_cast<std::uint32_t>(last + 1);
}

/// Whether the end of a text, behind its last command, only closes what was opened before.
bool only_closes(std::string_view tail) {
  if (tail.find_first_not_of("\"')}; \t\nfidonesac") != std::string_view::npos) return false;
  return !tail.ends_with(';');
}

}  // namespace

bool stays_in_image(const dockerfile::BuildScript& build) {
  return build.context.ships || !build.context.in_stage || build.run.triggered;
}

bool has_mount_at(const dockerfile::BuildScript& build, std::string_view path) {
  for (const dockerfile::Flag& flag : build.run.flags) {
    if (flag.name != "mount" || !flag.value) continue;
    const std::string mount =
        dockerfile::expand(flag.value->text, build.context.scope.get(), build.context.escape).value();
    const std::string_view type = part_of(mount, "type");
    if (type != "cache" && type != "tmpfs") continue;
    for (const std::string_view key : {"target", "dst", "destination"})
      if (part_of(mount, key).find(path) != std::string_view::npos) return true;
  }
  return false;
}

std::size_t StageCursor::at(std::size_t instruction) {
  const std::vector<dockerfile::Stage>& stages = file_.stages;
  if (stages.empty() || instruction < stages.front().first) return stages.size();
  while (stage_ + 1 < stages.size() && stages[stage_].end <= instruction) ++stage_;
  return stage_;
}

NestedTexts::NestedTexts(const shell::Script& script) : script_(script) {
  for (std::size_t i = 0; i < script.nested.size(); ++i) order_.push_back(i);
  std::ranges::stable_sort(order_, {}, [&](std::size_t i) { return script.nested[i].range.begin; });
}

std::size_t NestedTexts::around(TextRange range) {
  for (; next_ < order_.size() && script_.nested[order_[next_]].range.begin <= range.begin; ++next_)
    open_.push_back(order_[next_]);
  while (!open_.empty() && script_.nested[open_.back()].range.end < range.end) open_.pop_back();
  return open_.empty() ? 0 : open_.back() + 1;
}

std::optional<Edit> insert_word(const dockerfile::BuildScript& build, TextRange after, std::string_view word) {
  const TextRange in_file = build.text.in_file(after);
  for (const dockerfile::Word& string : build.run.command.strings)
    if (string.range.contains(in_file) && string.range.size() == in_file.size() + 2)
      return Edit::insertion(string.range.end, ", \"" + std::string(word) + "\"");
  return build.text.edit({after.end, after.end}, " " + std::string(word));
}

Continuation continuation(const dockerfile::BuildScript& build) {
  const shell::Script& script = *build.text.script;
  const std::string& bytes = build.text.source.text.bytes();
  if (build.run.command.json || !build.run.heredocs.empty() || !script.complete || script.commands.empty())
    return Continuation::None;
  const std::uint32_t size = trimmed_size(bytes);
  const std::uint32_t end = end_of_commands(script);
  const std::string_view tail = std::string_view(bytes).substr(std::min(end, size), size - std::min(end, size));
  if (!only_closes(tail) || script.commands.back().background) return Continuation::None;
  bool first = true;
  for (const shell::Command* command : own_commands(script)) {
    const bool joined = first || command->connector == Connector::And || command->connector == Connector::Pipe;
    if (!joined || command->background || command->conditional) return Continuation::Loose;
    first = false;
  }
  return tail.empty() ? Continuation::Chain : Continuation::Loose;
}

std::optional<Edit> append_command(const dockerfile::BuildScript& build, std::string_view command) {
  if (continuation(build) == Continuation::None) return std::nullopt;
  const std::uint32_t end = trimmed_size(build.text.source.text.bytes());
  return build.text.source.edit({end, end}, " && " + std::string(command));
}

void report_in_segment(std::uint32_t begin, Report report, RuleContext& ctx) {
  report.range = report.range.shifted(begin);
  for (Fix& fix : report.fixes)
    for (Edit& edit : fix.edits) edit.range = edit.range.shifted(begin);
  for (RelatedPlace& place : report.related) place.range = place.range.shifted(begin);
  ctx.report(std::move(report));
}

}  // namespace quaymaster::rules
