// Any bytes, cut in two: the first half is analysed, then the whole with the memory of the first. Nothing may crash,
// every range must lie in the text, cached must equal fresh, and fixing must come to an end without adding a syntax
// error.
#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "quaymaster/analyzer.h"
#include "text/utf8.h"

namespace {

using quaymaster::Analysis;
using quaymaster::Analyzer;
using quaymaster::Diagnostic;
using quaymaster::TextRange;
using quaymaster::fuzz::require;

quaymaster::Settings everything(const quaymaster::RuleSet& rules) {
  quaymaster::Selection selection;
  selection.preset = "all";
  return resolve(rules, selection).settings;
}

void check_ranges(const Analysis& analysis) {
  const std::string& text = analysis.source.text;
  const bool utf8 = quaymaster::is_utf8(text);
  const auto check = [&](TextRange range) {
    quaymaster::fuzz::require_inside(range, text.size());
    if (!utf8) return;
    quaymaster::fuzz::require_between_characters(text, range.begin);
    quaymaster::fuzz::require_between_characters(text, range.end);
  };
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    check(diagnostic.range);
    for (const quaymaster::RelatedPlace& place : diagnostic.related) check(place.range);
    for (const quaymaster::Fix& fix : diagnostic.fixes)
      for (const quaymaster::Edit& edit : fix.edits) check(edit.range);
  }
  for (const TextRange secret : analysis.secrets) check(secret);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Analyzer kAnalyzer(quaymaster::built_in_rules());
  static const quaymaster::Settings kSettings = everything(kAnalyzer.rules());
  const auto language = *quaymaster::parse_language(QUAYMASTER_FUZZ_LANGUAGE);
  const std::string text(reinterpret_cast<const char*>(data), size);
  quaymaster::AnalysisCache cache;
  check_ranges(kAnalyzer.analyze({"fuzz", language, text.substr(0, size / 2)}, kSettings, &cache));
  const Analysis cached = kAnalyzer.analyze({"fuzz", language, text}, kSettings, &cache);
  check_ranges(cached);
  require(cached.diagnostics == kAnalyzer.analyze({"fuzz", language, text}, kSettings).diagnostics);
  const quaymaster::FixedText fixed = fix_all(kAnalyzer, cached, kSettings);
  require(fixed.converged);
  return 0;
}
