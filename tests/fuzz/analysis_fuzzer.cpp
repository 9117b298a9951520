// Any bytes, cut in two: the first half is analysed, then the whole with the memory of the first. Nothing may crash,
// every range must lie in the text, cached must equal fresh, and fixing must come to an end without adding a syntax
// error.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "quaymaster/analyzer.h"

namespace {

using quaymaster::Analysis;
using quaymaster::Analyzer;
using quaymaster::Diagnostic;
using quaymaster::SourceText;

void require(bool condition) {
  if (!condition) std::abort();
}

void check_ranges(const Analysis& analysis) {
  for (const Diagnostic& diagnostic : analysis.diagnostics) {
    require(diagnostic.range.begin <= diagnostic.range.end);
    require(diagnostic.range.end <= analysis.source.text.size());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Analyzer kAnalyzer(quaymaster::built_in_rules());
  static const quaymaster::Settings kSettings = quaymaster::resolve(kAnalyzer.rules(), {.preset = "all"}).settings;
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
