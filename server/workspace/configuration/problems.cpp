#include "workspace/configuration/problems.h"

#include <algorithm>
#include <utility>

#include "text/near_miss.h"
#include "text/utf8.h"

namespace quaymaster::workspace {
namespace {

constexpr std::size_t kMostProblems = 200;

constexpr Rule kRule{
    .name = "invalid-configuration",
    .family = Family::Correctness,
    .title = "The configuration file says something that is not understood.",
    .consequence =
        "A rule was to be switched off, and its name is misspelt: it goes on reporting, and who reads the file "
        "believes "
        "that it does not. What is not understood is left out, and everything else counts.",
    .fine_when = "The file is written for another release, which knows the name.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "syntax", .summary = "The text is not YAML.", .severity = Severity::Error},
                 {.name = "unknown-key", .summary = "There is no such key.", .severity = Severity::Warning},
                 {.name = "unknown-name",
                  .summary = "There is no rule, variant, family, preset or check of that name.",
                  .severity = Severity::Warning},
                 {.name = "wrong-type",
                  .summary = "The value is of another kind than it has to be.",
                  .severity = Severity::Error},
                 {.name = "extends",
                  .summary = "A file that is built upon cannot be had.",
                  .severity = Severity::Error}},
    .references = {"https://yaml.org/spec/1.2.2/"},
};

std::string message_of(const yaml::Problem& problem) {
  using Kind = yaml::Problem::Kind;
  switch (problem.kind) {
    case Kind::Syntax: return "this is not YAML; what it belongs to is left out";
    case Kind::TabIndentation: return "YAML is indented with blanks, and this is a tab";
    case Kind::DuplicateKey: return quoted_name(problem.name) + " stands here twice; the first one counts";
    case Kind::UndefinedAlias: return "there is no anchor " + quoted_name(problem.name);
    case Kind::AliasCycle: return "the alias stands inside of what it stands for";
    case Kind::TooManyValues: return "these aliases come to more than is read";
    case Kind::TooDeep: return "this is nested deeper than is read";
    case Kind::NotRead: return "the file cannot be read as YAML; nothing in it counts";
  }
  return {};
}

}  // namespace

const Rule& configuration_rule() { return kRule; }

std::string quoted_name(std::string_view name) {
  constexpr std::size_t kLongest = 30;
  std::string out = "`";
  for (std::string_view rest = name; !rest.empty();) {
    const std::uint32_t length = utf8_length(rest);
    if (out.size() + length > kLongest) {
      out += "…";
      break;
    }
    out += static_cast<unsigned char>(rest.front()) < 0x20 ? std::string_view(" ") : rest.substr(0, length);
    rest.remove_prefix(length);
  }
  return out + "`";
}

void Problems::add(std::string_view variant, TextRange at, std::string message, std::vector<Fix> fixes) {
  if (full()) return;
  const auto* found = std::ranges::find(kRule.variants, variant, &Variant::name);
  diagnostics_.push_back({.rule = &kRule,
                          .variant = found,
                          .severity = found->severity,
                          .range = at,
                          .message = std::move(message),
                          .fixes = std::move(fixes)});
}

void Problems::add_name(std::string_view variant, TextRange at, std::string_view name, std::string_view what,
                        std::string_view nearest) {
  std::string message = "there is no " + std::string(what) + " " + quoted_name(name);
  std::vector<Fix> fixes;
  if (!nearest.empty()) {
    message += "; did you mean `" + std::string(nearest) + "`?";
    fixes.push_back({"Replace it with " + std::string(nearest),
                     Applicability::Unsafe,
                     {Edit::replacement(at, std::string(nearest))}});
  }
  add(variant, at, std::move(message), std::move(fixes));
}

void Problems::add_syntax(const yaml::Document& document) {
  for (const yaml::Problem& problem : document.problems()) add("syntax", problem.range, message_of(problem));
}
void Problems::add_wrong_type(TextRange at, std::string message) { add("wrong-type", at, std::move(message)); }
void Problems::add_unknown(TextRange at, std::string_view name, std::string_view what,
                           std::span<const std::string_view> known) {
  if (!full()) add_name("unknown-key", at, name, what, near_miss(name, known));
}
void Problems::add_unknown_item(TextRange at, std::string_view name, std::string_view nearest) {
  add_name("unknown-name", at, name, "rule, preset or check", nearest);
}
void Problems::add_extends(TextRange at, std::string message) { add("extends", at, std::move(message)); }

bool Problems::full() const { return diagnostics_.size() >= kMostProblems; }

std::vector<Diagnostic> Problems::take() {
  std::ranges::stable_sort(diagnostics_, {}, &Diagnostic::range);
  return std::move(diagnostics_);
}

}  // namespace quaymaster::workspace
