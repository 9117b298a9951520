#include "lsp/core.h"

#include <memory>
#include <utility>

namespace quaymaster::lsp {

Core make_core(Analyzer analyzer, Settings settings) {
  struct Engine {
    Analyzer analyzer;
    Settings settings;
  };
  const auto engine = std::make_shared<const Engine>(Engine{std::move(analyzer), std::move(settings)});
  const auto new_analyze = [engine]() -> DiagnosticsScheduler::Analyze {
    return [engine, cache = std::make_shared<AnalysisCache>()](const Document& document, StopFlag stop) {
      const auto language = document.text.size() <= kMaxAnalysedBytes ? language_of(document) : std::nullopt;
      if (!language) return Analysis{};
      return engine->analyzer.analyze({document.path, *language, document.text}, engine->settings, cache.get(), stop);
    };
  };
  const auto fix_all = [engine](const Analysis& analysis) {
    return fix_all_action(engine->analyzer, analysis, engine->settings);
  };
  return {new_analyze, fix_all};
}

}  // namespace quaymaster::lsp
