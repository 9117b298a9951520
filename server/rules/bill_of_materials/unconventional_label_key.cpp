#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule unconventional_label_key;
namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

/// What Docker's conventions ask for, save that they leave out the slash.
bool has_proper_form(std::string_view key) {
  const bool characters = std::all_of(key.begin(), key.end(), [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_' || c == '/';
  });
  const bool doubled = key.find("..") != std::string_view::npos || key.find("--") != std::string_view::npos;
  return characters && !doubled && is_letter(key.front()) && is_letter_or_digit(key.back());
}

bool is_reserved(std::string_view key) {
  constexpr std::string_view kNamespaces[] = {"com.docker.", "io.docker.", "org.dockerproject."};
  return std::any_of(std::begin(kNamespaces), std::end(kNamespaces),
                     [key](std::string_view name) { return key.starts_with(name); });
}

void check_label(const dockerfile::Label& label, RuleContext& ctx) {
  if (label.triggered) return;
  for (const dockerfile::Pair& pair : label.pairs) {
    const std::string_view key = without_quotes(pair.key.string());
    if (key.empty()) continue;
    if (is_reserved(key))
      ctx.report({.variant = "reserved-namespace",
                  .range = pair.key.range,
                  .message = "the label " + quoted(key, 40) + " is in a namespace of Docker's own"});
    else if (!has_proper_form(key))
      ctx.report({.variant = "form",
                  .range = pair.key.range,
                  .message = quoted(key, 40) + " is no usual key: a-z, 0-9, and single `.` and `-` between them"});
  }
}

}  // namespace

constinit const Rule unconventional_label_key = checked({
    .name = "unconventional-label-key",
    .family = Family::BillOfMaterials,
    .title = "The key of a label does not keep to the conventions.",
    .consequence =
        "The script that lists who owns which image asks for `com.example.owner`. The one image whose label is "
        "`com.example.Owner` has no owner in that list, and nobody is asked before it is deleted.",
    .fine_when = "A program outside of your control reads the label under just this key.",
    .fix = FixAvailability::None,
    .variants = {{.name = "form",
                  .summary = "The key has characters that keys of labels usually do not have.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Hint}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3048"}},
                  .languages = Language::Dockerfile},
                 {.name = "reserved-namespace",
                  .summary = "The key is in a namespace that Docker keeps for itself.",
                  .severity = Severity::Hint,
                  .presets = {{Preset::Strict, Severity::Hint}, {Preset::Hadolint, Severity::Hint}},
                  .aliases = {{Language::Dockerfile, "hadolint:DL3048"}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations",
                   "https://github.com/opencontainers/image-spec/blob/main/annotations.md"},
    .examples =
        {{"capitals, doubled characters, a digit in front", "Dockerfile",
          "FROM alpine:3.21\nLABEL <|Owner|>=shop <|com..example|>=1 <|a--b|>=2\nLABEL <|1st|> x\n"},
         {"Docker's namespace", "Dockerfile", "FROM alpine:3.21\nLABEL <|com.docker.owner|>=shop\n"},
         {"usual keys", "Dockerfile",
          "FROM alpine:3.21\nLABEL org.opencontainers.image.title=shop \"com.example.is-beta\"=yes version=1\n"}},
    .checks = {on(check_label)},
});

}  // namespace quaymaster::rules
