#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/config.h"
#include "quaymaster/diagnostic.h"
#include "quaymaster/language.h"
#include "quaymaster/rule.h"

namespace quaymaster {

/// What is known of a file from the files around it: server/model/surroundings.h.
struct Surroundings;

/// The text to analyse. `path` is used for what its name says, and never opened.
struct SourceText {
  std::string path;
  Language language = Language::Dockerfile;
  std::string text;                                            ///< at most 16 MiB; any bytes
  std::shared_ptr<const Surroundings> surroundings = nullptr;  ///< null: nothing is known, and nothing said about it
};

/// Asks a running analysis to stop. Null: never. May be set from any thread.
using StopFlag = const std::atomic<bool>*;

/// What can be kept from one analysis of a document to the next: models, contexts, shell scripts and findings of its
/// segments. One per document; not to be used by two analyses at once. An analysis with a cache gives exactly what an
/// analysis without one gives.
class AnalysisCache {
 public:
  AnalysisCache();
  ~AnalysisCache();
  AnalysisCache(AnalysisCache&&) noexcept;
  AnalysisCache& operator=(AnalysisCache&&) noexcept;

  /// Owned by the analysis layer; declared here so that the cache can be held by value.
  struct State;
  [[nodiscard]] State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// What the text means, for features: server/analysis/document_model.h.
struct DocumentModel;

/// The result of an analysis: immutable, and free of references to the cache that helped to make it.
struct Analysis {
  SourceText source;
  /// Sorted by range, then by rule name and variant. Suppressed findings are not among them.
  std::vector<Diagnostic> diagnostics;
  /// Where the text holds what looks like a credential; sorted, disjoint. Whoever shows text shows `••••` there.
  std::vector<TextRange> secrets;
  std::shared_ptr<const DocumentModel> model;  ///< null when the analysis was stopped
  std::uint32_t syntax_errors = 0;             ///< how many places of the text could not be read, whatever rules are on
  std::uint32_t suppressed = 0;                ///< how many findings a suppression comment silenced
  bool stopped = false;  ///< the stop flag was seen: the lists are incomplete, and must not be shown
};

/// Finds what the rules find. Thread-compatible: const calls may run at once, each with a cache of its own.
class Analyzer {
 public:
  explicit Analyzer(RuleSet rules) : rules_(std::move(rules)) {}

  [[nodiscard]] const RuleSet& rules() const { return rules_; }

  /// Never fails: broken text gives fewer findings and some of the correctness family. `cache` may be null.
  [[nodiscard]] Analysis analyze(SourceText source, const Settings& settings, AnalysisCache* cache = nullptr,
                                 StopFlag stop = nullptr) const;

 private:
  RuleSet rules_;
};

/// The text with every secret of `analysis` that it contains replaced by `••••`, wherever it stands: for excerpts
/// and diffs.
[[nodiscard]] std::string mask_secrets(std::string_view text, const Analysis& analysis);
/// The new text of an edit, masked; all of it where it takes the place of a secret, which it may be in another form,
/// unless it refers to a variable.
[[nodiscard]] std::string masked_text(const Edit& edit, const Analysis& analysis);
/// The part `range` of the analysed text, masked.
[[nodiscard]] std::string masked_slice(const Analysis& analysis, TextRange range);

/// One pass over the first fix of each diagnostic that is at least as trusted as `floor` (never display-only ones).
struct AppliedFixes {
  std::string text;
  std::uint32_t applied = 0;
  std::uint32_t skipped = 0;  ///< overlapping or touching one that was taken; the next pass gets them
};

/// Safe fixes go before unsafe ones, then document order. Identical edits merge; insertions at one offset with
/// different claims join in rule order; what overlaps or touches otherwise waits.
[[nodiscard]] AppliedFixes apply_fixes(std::string_view text, const std::vector<Diagnostic>& diagnostics,
                                       Applicability floor);

struct FixedText {
  std::string text;
  std::uint32_t applied = 0;
  std::uint32_t passes = 0;  ///< passes that changed the text
  bool converged = true;     ///< false: gave up after ten passes, or when a pass added a syntax error
};

/// Passes of apply_fixes, each followed by an analysis, until nothing changes; ten at most. A pass that adds a syntax
/// error, or makes the text grow beyond reason, is taken back and ends it.
[[nodiscard]] FixedText fix_all(const Analyzer& analyzer, const Analysis& analysis, const Settings& settings,
                                Applicability floor = Applicability::Safe);

}  // namespace quaymaster
