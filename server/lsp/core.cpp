#include "lsp/core.h"

#include <utility>
#include <vector>

#include "quaymaster/config.h"

namespace quaymaster::lsp {
namespace {

using workspace::FileChoice;

struct Engine {
  explicit Engine(RuleSet rules)
      : analyzer(std::move(rules)),
        defaults(resolve(analyzer.rules(), Selection{}).settings),
        nothing(resolve_layers(analyzer.rules(), {}).settings) {}

  Analyzer analyzer;
  Settings defaults;
  Settings nothing;
};
using SharedEngine = std::shared_ptr<const Engine>;

/// As what a document is analysed, and with which settings.
struct Plan {
  std::optional<Language> language;  ///< empty: left alone
  const Settings* settings;
};

Plan plan_for(const Document& document, const workspace::FileConfiguration& configured, const Engine& engine) {
  if (!configured.configuration) return {language_of(document), &engine.defaults};
  const auto language = configured.choice.language ? configured.choice.language : language_of(document);
  const bool left_out =
      configured.choice.kind == FileChoice::Kind::Excluded || (language && configured.leaves_out(*language));
  return {language, left_out ? &engine.nothing : &configured.configuration->settings};
}

/// Analyses the states of one document.
class DocumentAnalyzer {
 public:
  DocumentAnalyzer(SharedEngine engine, Core::Configured configured)
      : engine_(std::move(engine)), configured_(std::move(configured)) {}

  Analysis analyze(const Document& document, StopFlag stop) {
    if (document.text.size() > kMaxAnalysedBytes) return {};
    if (is_configuration(document)) return analyze_configuration(document);
    configure(document);
    const Plan plan = plan_for(document, configuration_, *engine_);
    if (!plan.language) return {};
    return engine_->analyzer.analyze({document.path, *plan.language, document.text, document.context.surroundings},
                                     *plan.settings, &cache_, stop);
  }

 private:
  Analysis analyze_configuration(const Document& document) {
    ConfigurationFindings found = findings_in_configuration(document, engine_->analyzer.rules());
    configured_(document, found.looked_at);
    Analysis analysis;
    analysis.source = {document.path, Language::Dockerfile, document.text};
    analysis.diagnostics = std::move(found.diagnostics);
    return analysis;
  }

  void configure(const Document& document) {
    if (document.context.configuration == view_) return;
    DocumentConfiguration made = configuration_of(document, engine_->analyzer.rules());
    configuration_ = std::move(made.file);
    view_ = document.context.configuration;
    configured_(document, made.looked_at);
  }

  SharedEngine engine_;
  Core::Configured configured_;
  AnalysisCache cache_;
  SharedConfigurationView view_;  // that configuration_ was found in
  workspace::FileConfiguration configuration_;
};

}  // namespace

Core make_core(RuleSet rules) {
  const auto engine = std::make_shared<const Engine>(rules);
  const auto new_analyze = [engine](Core::Configured configured) -> DiagnosticsScheduler::Analyze {
    return [analyzer = std::make_shared<DocumentAnalyzer>(engine, std::move(configured))](
               const Document& document, StopFlag stop) { return analyzer->analyze(document, stop); };
  };
  const auto fix_all = [engine](const Document& document, const Analysis& analysis) -> std::optional<CodeAction> {
    if (is_configuration(document)) return std::nullopt;
    workspace::FileConfiguration configured;
    if (document.context.configuration) configured = configuration_of(document, engine->analyzer.rules()).file;
    return fix_all_action(engine->analyzer, analysis, *plan_for(document, configured, *engine).settings);
  };
  return {std::move(rules), new_analyze, fix_all};
}

}  // namespace quaymaster::lsp
