#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lsp/document.h"
#include "lsp/runner.h"
#include "quaymaster/analyzer.h"

namespace quaymaster::lsp {

using SharedAnalysis = std::shared_ptr<const Analysis>;
using SharedStop = std::shared_ptr<std::atomic<bool>>;

/// Decides when an open document is analysed, and whether what comes back may still be shown.
///
/// - An analysis starts when no message is waiting, so that a burst of edits is analysed once. While the last analysis
///   of a document was cheap there is no other wait; above that a pause of a few times its cost comes first.
/// - A document has at most one analysis in flight. A change asks it to stop.
/// - When nothing could be published for `patience`, there is no pause and no stop: one analysis runs to its end, and
///   leaves what it found out to the next one.
/// - Published is only an analysis of the latest snapshot: the same object, for a version may come twice.
/// - A request pins its snapshot: that one is analysed to the end even when the text has moved on.
///
/// Lives on the loop. Only an Analyze runs on a worker; it sees nothing but its snapshot. Without workers everything
/// happens inside of start_due and with_analysis.
class DiagnosticsScheduler {
 public:
  struct Timing {
    std::chrono::milliseconds cheap{5};       ///< up to this cost there is no pause
    std::chrono::milliseconds min_pause{30};  ///< the pause is `pause_factor` times the last cost, between these
    std::chrono::milliseconds max_pause{250};
    int pause_factor = 3;
    std::chrono::milliseconds patience{500};
  };
  /// Analyses one document over and over, never twice at once; its copies may share a cache. An exception costs one
  /// analysis.
  using Analyze = std::function<Analysis(const Document&, StopFlag)>;
  /// Makes the Analyze of a document that was opened.
  using NewAnalyze = std::function<Analyze()>;
  using Publish = std::function<void(const DocumentSnapshot&, const SharedAnalysis&)>;
  /// Null: there is no analysis, because it failed or the document was closed.
  using Done = std::function<void(const SharedAnalysis&)>;
  using Failed = std::function<void(const Document&, const std::string& what)>;

  struct Callbacks {
    Publish publish;
    Failed failed;
    std::function<void()> ended = [] {};  ///< an analysis ended, whichever way, and all is said of it
  };

  /// `runner` must outlive the scheduler, which must outlive the jobs that `runner` runs.
  DiagnosticsScheduler(Runner& runner, Timing timing, NewAnalyze new_analyze, Callbacks callbacks);
  ~DiagnosticsScheduler();

  void opened(DocumentSnapshot document);
  void changed(DocumentSnapshot document);
  void closed(const std::string& key);
  /// Calls `done` on the loop with the analysis of `document`: at once when there is one. Not called at all once
  /// `cancelled` is set, or when the server ends first.
  void with_analysis(const DocumentSnapshot& document, SharedStop cancelled, Done done);

  /// Starts every analysis whose time has come. Call after each message.
  void start_due();
  /// From now on every analysis starts at once, whatever waits: the server is to end soon.
  void hurry();
  /// Whether every document is analysed as it is now, and every request answered.
  [[nodiscard]] bool idle() const;
  /// Asks every analysis to stop: the server ends.
  void stop_all();

 private:
  using TimePoint = Runner::Clock::time_point;
  struct Waiter {
    DocumentSnapshot document;
    SharedStop cancelled;
    Done done;
  };
  struct Entry {
    Analyze analyze;
    DocumentSnapshot latest;
    DocumentSnapshot analysed;  // the last one whose analysis ended
    SharedAnalysis analysis;    // of `analysed`; null when it failed
    DocumentSnapshot running;
    SharedStop stop;  // of what runs
    std::vector<Waiter> waiters;
    std::optional<Runner::Clock::duration> last_cost;
    TimePoint not_before{};                 // when `latest` may be analysed
    std::optional<TimePoint> behind_since;  // since when the client does not see the findings of its text
    bool timer_pending = false;
  };
  struct Finished {
    DocumentSnapshot document;
    SharedAnalysis analysis;  // null when it failed
    std::string error;
    Runner::Clock::duration cost{};
  };

  [[nodiscard]] Runner::Clock::duration pause_of(const Entry& entry) const;
  [[nodiscard]] bool overdue(const Entry& entry) const;
  [[nodiscard]] bool pinned(const Entry& entry, const DocumentSnapshot& document) const;
  [[nodiscard]] DocumentSnapshot next_of(Entry& entry);
  void start(Entry& entry, DocumentSnapshot document);
  void finished(const Finished& result);
  static void answer_waiters(Entry& entry, const DocumentSnapshot& document, const SharedAnalysis& analysis);

  Runner& runner_;
  Timing timing_;
  NewAnalyze new_analyze_;
  Callbacks callbacks_;
  bool hurried_ = false;
  std::unordered_map<std::string, std::unique_ptr<Entry>> entries_;  // by document key
};

}  // namespace quaymaster::lsp
