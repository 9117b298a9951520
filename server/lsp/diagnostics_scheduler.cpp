#include "lsp/diagnostics_scheduler.h"

#include <algorithm>
#include <exception>
#include <utility>

namespace quaymaster::lsp {

DiagnosticsScheduler::DiagnosticsScheduler(Runner& runner, Timing timing, NewAnalyze new_analyze, Callbacks callbacks)
    : runner_(runner), timing_(timing), new_analyze_(std::move(new_analyze)), callbacks_(std::move(callbacks)) {}

DiagnosticsScheduler::~DiagnosticsScheduler() { stop_all(); }

void DiagnosticsScheduler::opened(DocumentSnapshot document) {
  closed(document->key);
  auto entry = std::make_unique<Entry>();
  entry->analyze = new_analyze_();
  entry->behind_since = runner_.now();
  entry->latest = std::move(document);
  entries_[entry->latest->key] = std::move(entry);
}

void DiagnosticsScheduler::changed(DocumentSnapshot document) {
  const auto found = entries_.find(document->key);
  if (found == entries_.end()) return opened(std::move(document));
  Entry& entry = *found->second;
  entry.latest = std::move(document);
  if (!entry.behind_since) entry.behind_since = runner_.now();
  entry.not_before = runner_.now() + pause_of(entry);
  if (entry.running && !overdue(entry) && !pinned(entry, entry.running)) entry.stop->store(true);
}

void DiagnosticsScheduler::closed(const std::string& key) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return;
  const std::unique_ptr<Entry> entry = std::move(found->second);
  entries_.erase(found);
  if (entry->stop) entry->stop->store(true);
  for (const Waiter& waiter : entry->waiters)
    if (!waiter.cancelled->load()) waiter.done(nullptr);
}

void DiagnosticsScheduler::with_analysis(const DocumentSnapshot& document, SharedStop cancelled, Done done) {
  const auto found = entries_.find(document->key);
  if (found == entries_.end()) return done(nullptr);
  Entry& entry = *found->second;
  if (entry.analysed == document) return done(entry.analysis);
  entry.waiters.push_back({document, std::move(cancelled), std::move(done)});
  if (!entry.running) start(entry, document);
}

void DiagnosticsScheduler::start_due() {
  std::vector<std::string> idle;
  for (const auto& [key, entry] : entries_)
    if (!entry->running && (entry->analysed != entry->latest || !entry->waiters.empty())) idle.push_back(key);
  for (const std::string& key : idle) {
    const auto found = entries_.find(key);
    if (found == entries_.end() || found->second->running) continue;
    if (DocumentSnapshot next = next_of(*found->second)) start(*found->second, std::move(next));
  }
}

void DiagnosticsScheduler::hurry() {
  hurried_ = true;
  start_due();
}

bool DiagnosticsScheduler::idle() const {
  return std::ranges::all_of(entries_, [](const auto& item) {
    const Entry& entry = *item.second;
    return !entry.running && entry.analysed == entry.latest &&
           std::ranges::all_of(entry.waiters, [](const Waiter& waiter) { return waiter.cancelled->load(); });
  });
}

void DiagnosticsScheduler::stop_all() {
  for (const auto& [key, entry] : entries_)
    if (entry->stop) entry->stop->store(true);
}

Runner::Clock::duration DiagnosticsScheduler::pause_of(const Entry& entry) const {
  if (!runner_.concurrent() || !entry.last_cost || *entry.last_cost < timing_.cheap || overdue(entry)) return {};
  return std::clamp<Runner::Clock::duration>(*entry.last_cost * timing_.pause_factor, timing_.min_pause,
                                             timing_.max_pause);
}

bool DiagnosticsScheduler::overdue(const Entry& entry) const {
  return entry.behind_since && runner_.now() - *entry.behind_since >= timing_.patience;
}

bool DiagnosticsScheduler::pinned(const Entry& entry, const DocumentSnapshot& document) const {
  return std::ranges::any_of(
      entry.waiters, [&](const Waiter& waiter) { return waiter.document == document && !waiter.cancelled->load(); });
}

/// What to analyse now, if anything: what requests wait for first, then the latest text once its time has come.
DocumentSnapshot DiagnosticsScheduler::next_of(Entry& entry) {
  std::erase_if(entry.waiters, [](const Waiter& waiter) { return waiter.cancelled->load(); });
  if (!entry.waiters.empty()) return entry.waiters.front().document;
  if (entry.analysed == entry.latest) return nullptr;
  if (hurried_ || overdue(entry)) return entry.latest;
  if (runner_.message_waiting()) return nullptr;

  const TimePoint now = runner_.now();
  if (entry.not_before <= now) return entry.latest;
  if (!std::exchange(entry.timer_pending, true)) {
    runner_.after(entry.not_before - now, [this, key = entry.latest->key] {
      const auto found = entries_.find(key);
      if (found != entries_.end()) found->second->timer_pending = false;
      start_due();
    });
  }
  return nullptr;
}

void DiagnosticsScheduler::start(Entry& entry, DocumentSnapshot document) {
  entry.running = document;
  entry.stop = std::make_shared<std::atomic<bool>>(false);
  runner_.work([this, &runner = runner_, analyze = entry.analyze, document = std::move(document), stop = entry.stop] {
    Finished result{document, nullptr, {}, {}};
    const TimePoint begin = runner.now();
    try {
      result.analysis = std::make_shared<const Analysis>(analyze(*document, stop.get()));
    } catch (const std::exception& error) {
      result.error = error.what();
    }
    result.cost = runner.now() - begin;
    runner.post([this, result = std::move(result)] { finished(result); });
  });
}

void DiagnosticsScheduler::finished(const Finished& result) {
  const auto found = entries_.find(result.document->key);
  if (found == entries_.end() || found->second->running != result.document) return;  // closed, perhaps opened again
  Entry& entry = *found->second;
  entry.running = nullptr;
  entry.stop = nullptr;
  if (!result.analysis) callbacks_.failed(*result.document, result.error);
  if (!result.analysis || !result.analysis->stopped) {
    entry.last_cost = result.cost;
    entry.analysed = result.document;
    entry.analysis = result.analysis;
    if (entry.latest == result.document) {
      entry.behind_since.reset();
      if (result.analysis) callbacks_.publish(result.document, result.analysis);
    }
    answer_waiters(entry, result.document, result.analysis);
  }
  start_due();
  callbacks_.ended();
}

void DiagnosticsScheduler::answer_waiters(Entry& entry, const DocumentSnapshot& document,
                                          const SharedAnalysis& analysis) {
  std::vector<Waiter> answered;
  const auto rest = std::stable_partition(entry.waiters.begin(), entry.waiters.end(),
                                          [&](const Waiter& waiter) { return waiter.document != document; });
  std::move(rest, entry.waiters.end(), std::back_inserter(answered));
  entry.waiters.erase(rest, entry.waiters.end());
  for (const Waiter& waiter : answered)
    if (!waiter.cancelled->load()) waiter.done(analysis);
}

}  // namespace quaymaster::lsp
