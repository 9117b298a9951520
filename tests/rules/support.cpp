#include "rules/support.h"

#include <utility>

#include "support/catch.h"
#include "support/fixture.h"

namespace quaymaster::tests {

Settings settings_of(std::vector<std::string> select, Layer layer) {
  layer.presets = {"recommended"};
  layer.select = std::move(select);
  ResolvedSelection resolved = resolve_layers(built_in_rules(), {std::move(layer)});
  CHECK(resolved.unknown.empty());
  return std::move(resolved.settings);
}

Analysis analyze(std::string_view path, std::string_view text, std::vector<std::string> select, Layer layer) {
  const auto language = detect_language(path, text);
  INFO(path << ":\n" << text);
  REQUIRE(language.has_value());
  return Analyzer(built_in_rules())
      .analyze({std::string(path), *language, std::string(text)}, settings_of(std::move(select), std::move(layer)));
}

std::string shown(const Analysis& analysis) {
  std::vector<std::pair<TextRange, std::string>> labelled;
  for (const Diagnostic& diagnostic : analysis.diagnostics)
    labelled.emplace_back(diagnostic.range, code_of(diagnostic) + ": " + diagnostic.message);
  return render(analysis.source.text, labelled);
}

}  // namespace quaymaster::tests
