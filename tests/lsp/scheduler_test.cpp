#include <stdexcept>

#include "lsp/diagnostics_scheduler.h"
#include "lsp/manual_runner.h"
#include "support/catch.h"

namespace quaymaster::lsp {
namespace {

using std::chrono::milliseconds;

/// A scheduler whose workers, clock and analysis the test drives. `log` tells what happened, in order: "analyze 1",
/// "stopped 1", "publish 1", and what a test adds.
struct Fixture {
  ManualRunner runner;
  std::vector<std::string> log;
  milliseconds cost{0};
  bool fail = false;
  bool idle_at_end = false;
  DiagnosticsScheduler scheduler{runner, {}, [this] { return analyze(); }, callbacks()};

  DiagnosticsScheduler::Analyze analyze() {
    return [this](const Document& document, StopFlag stop) {
      log.push_back("analyze " + std::to_string(*document.version));
      runner.pass(cost);
      if (fail) throw std::runtime_error("a bug");
      Analysis analysis;
      analysis.source.text = document.text;
      analysis.stopped = stop->load();
      if (analysis.stopped) log.push_back("stopped " + std::to_string(*document.version));
      return analysis;
    };
  }
  DiagnosticsScheduler::Callbacks callbacks() {
    return {
        .publish = [this](const DocumentSnapshot& document,
                          const SharedAnalysis&) { log.push_back("publish " + std::to_string(*document->version)); },
        .failed =
            [this](const Document& document, const std::string& what) {
              log.push_back("failed " + std::to_string(*document.version) + ": " + what);
            },
        .ended = [this] { idle_at_end = scheduler.idle(); }};
  }

  static DocumentSnapshot snapshot(int version, const std::string& key = "a") {
    auto document = std::make_shared<Document>();
    document->key = key;
    document->uri = key;
    document->version = version;
    return document;
  }
  /// A message that does `change` was handled.
  DocumentSnapshot open(int version) {
    auto document = snapshot(version);
    scheduler.opened(document);
    scheduler.start_due();
    return document;
  }
  DocumentSnapshot change(int version) {
    auto document = snapshot(version);
    scheduler.changed(document);
    scheduler.start_due();
    return document;
  }
  SharedStop ask(const DocumentSnapshot& document, const std::string& name) {
    auto cancelled = std::make_shared<std::atomic<bool>>(false);
    scheduler.with_analysis(document, cancelled, [this, name](const SharedAnalysis& analysis) {
      log.push_back(name + (analysis ? " answered" : " without analysis"));
    });
    scheduler.start_due();
    return cancelled;
  }
  std::vector<std::string> take_log() { return std::exchange(log, {}); }
};

using Log = std::vector<std::string>;

}  // namespace

TEST_CASE("scheduler: a document is analysed when it is opened and when it changes") {
  Fixture f;
  f.open(1);
  CHECK(f.runner.step());
  f.change(2);
  CHECK(f.runner.step());
  CHECK_FALSE(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "publish 1", "analyze 2", "publish 2"});
}

TEST_CASE("scheduler: a burst of messages is analysed once") {
  Fixture f;
  f.runner.waiting = true;
  f.open(1);
  for (int version = 2; version < 50; ++version) f.change(version);
  CHECK(f.runner.queued_work() == 0);
  f.runner.waiting = false;
  f.change(50);
  CHECK(f.runner.step());
  CHECK_FALSE(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 50", "publish 50"});
}

TEST_CASE("scheduler: a client that never pauses gets an analysis nevertheless") {
  Fixture f;
  f.runner.waiting = true;
  f.open(1);
  f.runner.pass(milliseconds(499));
  f.change(2);
  CHECK(f.runner.queued_work() == 0);
  f.runner.pass(milliseconds(1));
  f.change(3);
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 3", "publish 3"});
}

TEST_CASE("scheduler: one analysis a document in flight, stopped by a change, and its result dropped") {
  Fixture f;
  f.open(1);
  f.change(2);
  f.change(3);
  CHECK(f.runner.queued_work() == 1);
  CHECK(f.runner.step());
  CHECK(f.runner.step());
  CHECK_FALSE(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "stopped 1", "analyze 3", "publish 3"});
}

TEST_CASE("scheduler: an analysis that ended just before the change is not published") {
  Fixture f;
  f.open(1);
  CHECK(f.runner.begin_step());
  f.change(2);
  f.runner.finish_step();
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "analyze 2", "publish 2"});
}

TEST_CASE("scheduler: the pause grows with the cost") {
  struct Case {
    int cost, pause;  // milliseconds
  };
  for (const auto& [cost, pause] :
       {Case{0, 0}, {4, 0}, {5, 30}, {10, 30}, {20, 60}, {60, 180}, {90, 250}, {5000, 250}}) {
    INFO("cost " << cost);
    Fixture f;
    f.cost = milliseconds(cost);
    f.open(1);
    f.runner.step();
    f.change(2);
    if (pause > 0) {
      CHECK(f.runner.queued_work() == 0);
      f.runner.pass(milliseconds(pause - 1));
      CHECK(f.runner.queued_work() == 0);
      f.runner.pass(milliseconds(1));
    }
    CHECK(f.runner.queued_work() == 1);
    f.runner.step();
    CHECK(f.take_log() == Log{"analyze 1", "publish 1", "analyze 2", "publish 2"});
  }
}

TEST_CASE("scheduler: each change begins the pause again, with one timer") {
  Fixture f;
  f.cost = milliseconds(20);  // a pause of 60 ms
  f.open(1);
  f.runner.step();
  for (int version = 2; version <= 6; ++version) {
    f.change(version);
    f.runner.pass(milliseconds(50));
    CHECK(f.runner.queued_work() == 0);
    CHECK(f.runner.timers() == 1);
  }
  f.runner.pass(milliseconds(10));
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "publish 1", "analyze 6", "publish 6"});
}

TEST_CASE("scheduler: out of patience, there is no pause and no stop") {
  Fixture f;
  f.cost = milliseconds(100);  // a pause of 250 ms
  f.open(1);
  f.runner.step();
  f.take_log();
  for (int version = 2; version <= 4; ++version) {
    f.change(version);
    f.runner.pass(milliseconds(200));
    CHECK(f.runner.queued_work() == 0);
  }
  // Nothing was published for 600 ms.
  f.change(5);
  CHECK(f.runner.queued_work() == 1);
  f.change(6);
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 5"});
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 6", "publish 6"});
  // Patience is back.
  f.change(7);
  CHECK(f.runner.queued_work() == 0);
}

TEST_CASE("scheduler: a closed document is not heard of again, also when it is opened again") {
  Fixture f;
  f.open(1);
  CHECK(f.runner.begin_step());
  f.scheduler.closed("a");
  f.runner.finish_step();
  CHECK(f.take_log() == Log{"analyze 1"});

  f.open(1);
  f.scheduler.closed("a");
  f.open(1);
  CHECK(f.runner.step());
  CHECK(f.runner.step());
  CHECK_FALSE(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "stopped 1", "analyze 1", "publish 1"});
  f.scheduler.closed("never opened");
}

TEST_CASE("scheduler: a timer of a closed document does nothing") {
  Fixture f;
  f.cost = milliseconds(20);
  f.open(1);
  f.runner.step();
  f.change(2);
  f.scheduler.closed("a");
  f.take_log();
  f.runner.pass(milliseconds(1000));
  CHECK_FALSE(f.runner.step());
  CHECK(f.take_log().empty());
}

TEST_CASE("scheduler: documents do not wait for each other") {
  Fixture f;
  f.open(1);
  f.scheduler.opened(Fixture::snapshot(7, "b"));
  f.scheduler.start_due();
  CHECK(f.runner.queued_work() == 2);
  CHECK(f.runner.step());
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "publish 1", "analyze 7", "publish 7"});
}

TEST_CASE("scheduler: requests wait for the analysis of what they were asked about") {
  Fixture f;
  const auto first = f.open(1);
  f.ask(first, "hover");
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "publish 1", "hover answered"});
  f.ask(first, "again");
  CHECK(f.take_log() == Log{"again answered"});

  // The text moves on, and the request keeps what it was asked about.
  const auto second = f.change(2);
  f.ask(second, "hover");
  f.change(3);
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 2", "hover answered"});
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 3", "publish 3"});
}

TEST_CASE("scheduler: a request is not kept waiting by a pause or by what came before") {
  Fixture f;
  f.cost = milliseconds(100);
  f.open(1);
  f.runner.step();
  f.ask(f.change(2), "two");
  CHECK(f.runner.queued_work() == 1);
  f.ask(f.change(3), "three");
  f.change(4);
  f.take_log();
  while (f.runner.step()) {
  }
  CHECK(f.take_log() == Log{"analyze 2", "two answered", "analyze 3", "three answered"});
  f.runner.pass(milliseconds(250));
  f.runner.step();
  CHECK(f.take_log() == Log{"analyze 4", "publish 4"});
}

TEST_CASE("scheduler: a cancelled request pins nothing and is not answered") {
  Fixture f;
  f.open(1);
  f.runner.step();
  f.take_log();
  const auto running = f.ask(f.change(2), "two");
  const auto queued = f.ask(f.change(3), "three");
  running->store(true);
  queued->store(true);
  f.change(4);
  while (f.runner.step()) {
  }
  CHECK(f.take_log() == Log{"analyze 2", "stopped 2", "analyze 4", "publish 4"});
}

TEST_CASE("scheduler: a request about a document that is closed meanwhile is answered at once") {
  Fixture f;
  const auto document = f.open(1);
  f.ask(document, "hover");
  f.scheduler.closed("a");
  CHECK(f.take_log() == Log{"hover without analysis"});
  f.ask(document, "later");
  CHECK(f.take_log() == Log{"later without analysis"});
}

TEST_CASE("scheduler: an analysis that fails costs itself only") {
  Fixture f;
  f.fail = true;
  f.ask(f.open(1), "hover");
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 1", "failed 1: a bug", "hover without analysis"});
  CHECK_FALSE(f.runner.step());
  f.fail = false;
  f.change(2);
  CHECK(f.runner.step());
  CHECK(f.take_log() == Log{"analyze 2", "publish 2"});
}

TEST_CASE("scheduler: in a hurry nothing waits, and idle is when all is said") {
  Fixture f;
  f.cost = milliseconds(100);
  CHECK(f.scheduler.idle());
  f.open(1);
  f.runner.step();
  CHECK(f.idle_at_end);
  f.change(2);  // waits for a pause
  f.runner.waiting = true;
  f.ask(f.change(3), "hover");
  f.change(4);
  CHECK_FALSE(f.scheduler.idle());
  f.scheduler.hurry();
  f.take_log();
  f.runner.step();
  CHECK_FALSE(f.idle_at_end);
  f.runner.step();
  CHECK(f.idle_at_end);
  CHECK(f.take_log() == Log{"analyze 3", "hover answered", "analyze 4", "publish 4"});
}

TEST_CASE("scheduler: at the end of the server everything is asked to stop") {
  Fixture f;
  f.open(1);
  f.scheduler.stop_all();
  CHECK(f.runner.begin_step());
  CHECK(f.take_log() == Log{"analyze 1", "stopped 1"});
}

TEST_CASE("scheduler: without workers everything happens on the caller") {
  InlineRunner runner;
  std::vector<std::int64_t> published;
  DiagnosticsScheduler scheduler(runner, {}, [] { return [](const Document&, StopFlag) { return Analysis{}; }; },
                                 {.publish = [&](const DocumentSnapshot& document,
                                                 const SharedAnalysis&) { published.push_back(*document->version); },
                                  .failed = [](const Document&, const std::string&) {}});
  for (int version = 1; version <= 3; ++version) {
    scheduler.changed(Fixture::snapshot(version));
    scheduler.start_due();
  }
  CHECK(published == std::vector<std::int64_t>{1, 2, 3});
  bool answered = false;
  const auto next = Fixture::snapshot(4);
  scheduler.changed(next);
  scheduler.with_analysis(next, std::make_shared<std::atomic<bool>>(false),
                          [&](const SharedAnalysis& analysis) { answered = analysis != nullptr; });
  CHECK(answered);
  CHECK(published.back() == 4);
}

}  // namespace quaymaster::lsp
