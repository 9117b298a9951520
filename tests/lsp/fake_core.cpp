#include "lsp/fake_core.h"

#include <chrono>
#include <stdexcept>

#include "text/minimal_diff.h"

namespace quaymaster::lsp {
namespace {

constexpr Rule kFloating{.name = "floating-word",
                         .family = Family::Immutability,
                         .title = "The word floats.",
                         .consequence = "Something happens.",
                         .fine_when = "It is a test.",
                         .fix = FixAvailability::Always,
                         .variants = {Variant{.name = "", .summary = ""}}};
constexpr Rule kDeprecated{.name = "old-words",
                           .family = Family::Correctness,
                           .title = "The word is old.",
                           .consequence = "Something happens.",
                           .fine_when = "It is a test.",
                           .variants = {Variant{.name = "maintainer", .summary = "An old word."},
                                        Variant{.name = "other", .summary = "Another old word."}}};

std::vector<TextRange> find_all(std::string_view text, std::string_view word) {
  std::vector<TextRange> found;
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1))
    found.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())});
  return found;
}

Analysis analyze(const Document& document) {
  if (document.text.find("boom") != std::string::npos) throw std::runtime_error("a bug in a rule");
  Analysis analysis;
  analysis.source = {document.path, Language::Dockerfile, document.text};
  std::vector<RelatedPlace> related;
  for (const TextRange range : find_all(document.text, "first")) related.push_back({range, "the first one"});
  for (const TextRange range : find_all(document.text, "latest")) {
    analysis.diagnostics.push_back(
        {.rule = &kFloating,
         .variant = &kFloating.variants[0],
         .severity = Severity::Warning,
         .range = range,
         .message = "`latest` floats",
         .aliases = {"hadolint:DL3007"},
         .fixes =
             {{.title = "Pin to 1.0", .applicability = Applicability::Safe, .edits = {Edit::replacement(range, "1.0")}},
              {.title = "Remove the word", .applicability = Applicability::Unsafe, .edits = {Edit::deletion(range)}}},
         .related = related});
  }
  for (const TextRange range : find_all(document.text, "MAINTAINER")) {
    analysis.diagnostics.push_back({.rule = &kDeprecated,
                                    .variant = &kDeprecated.variants[0],
                                    .severity = Severity::Error,
                                    .range = range,
                                    .message = "`MAINTAINER` is deprecated",
                                    .aliases = {},
                                    .fixes = {},
                                    .related = {},
                                    .tag = DiagnosticTag::Deprecated});
  }
  return analysis;
}

std::optional<CodeAction> fix_all(const Document&, const Analysis& analysis) {
  if (analysis.source.text.find("fixbug") != std::string::npos) throw std::runtime_error("a bug in fix-all");
  std::vector<Edit> edits;
  for (const TextRange range : find_all(analysis.source.text, "latest"))
    edits.push_back(Edit::replacement(range, "1.0"));
  const auto edit = minimal_edit(analysis.source.text, apply_edits(analysis.source.text, edits));
  if (!edit) return std::nullopt;
  return CodeAction{CodeAction::Kind::FixAll, "Fix all", false, {}, {*edit}};
}

}  // namespace

void Gate::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

void Gate::open() {
  const std::lock_guard lock(mutex_);
  closed_ = false;
  changed_.notify_all();
}

void Gate::wait_for_arrivals(int count) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return arrivals_ >= count; });
}

void Gate::pass(StopFlag stop) {
  std::unique_lock lock(mutex_);
  ++arrivals_;
  changed_.notify_all();
  // The flag has no notification: look at it now and then.
  while (closed_ && !stop->load()) changed_.wait_for(lock, std::chrono::milliseconds(1));
}

Core fake_core(std::shared_ptr<Gate> gate) {
  const auto new_analyze = [gate = std::move(gate)](const Core::Configured&) -> DiagnosticsScheduler::Analyze {
    return [gate](const Document& document, StopFlag stop) {
      if (gate) gate->pass(stop);
      Analysis analysis = analyze(document);
      analysis.stopped = stop->load();
      return analysis;
    };
  };
  return {{}, new_analyze, fix_all};
}

}  // namespace quaymaster::lsp
