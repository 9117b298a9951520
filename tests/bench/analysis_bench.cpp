// What one analysis costs: from nothing, and after one keystroke. Give files as arguments to measure with them, too.
#include <benchmark/benchmark.h>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bench/texts.h"
#include "quaymaster/analyzer.h"
#include "quaymaster/config.h"

namespace quaymaster::bench {
namespace {

struct Subject {
  std::string name;
  SourceText source;
};

/// An analyzer with the settings that users start with.
struct Setup {
  Analyzer analyzer;
  Settings settings;

  explicit Setup(const RuleSet& rules) : analyzer(rules), settings(resolve(rules, Selection{}).settings) {}
};

void from_nothing(benchmark::State& state, const Setup& setup, const SourceText& source) {
  for (auto _ : state) benchmark::DoNotOptimize(setup.analyzer.analyze(source, setup.settings));
  state.SetBytesProcessed(static_cast<std::int64_t>(source.text.size()) * state.iterations());
}

/// The ends of lines where people type: behind a word, and not behind a continuation.
std::vector<std::size_t> places_to_type(std::string_view text) {
  std::vector<std::size_t> places;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    const bool behind_a_word =
        end > 0 && std::string_view("\n\\{}[]|:\"'").find(text[end - 1]) == std::string_view::npos;
    if (behind_a_word) places.push_back(end);
  }
  return places;
}

/// Every round types something else somewhere else, so that nothing is remembered but what a user's server remembers.
void after_typing(benchmark::State& state, const Setup& setup, const SourceText& source, char typed) {
  constexpr std::size_t kVariety = 24;

  const std::vector<std::size_t> places = places_to_type(source.text);
  AnalysisCache cache;
  benchmark::DoNotOptimize(setup.analyzer.analyze(source, setup.settings, &cache));
  std::size_t round = 0;
  for (auto _ : state) {
    SourceText edited = source;
    edited.text.insert(places[round * 7919 % places.size()], round % kVariety + 1, typed);
    benchmark::DoNotOptimize(setup.analyzer.analyze(std::move(edited), setup.settings, &cache));
    ++round;
  }
}

void add_benchmarks(const Subject& subject, const std::shared_ptr<const Setup>& models,
                    const std::shared_ptr<const Setup>& rules) {
  const auto add = [&](const char* what, auto measure) {
    benchmark::RegisterBenchmark((subject.name + "/" + what).c_str(), measure)->Unit(benchmark::kMicrosecond);
  };
  add("models", [=](benchmark::State& state) { from_nothing(state, *models, subject.source); });
  add("findings", [=](benchmark::State& state) { from_nothing(state, *rules, subject.source); });
  add("keystroke", [=](benchmark::State& state) { after_typing(state, *rules, subject.source, 'x'); });
  add("newline", [=](benchmark::State& state) { after_typing(state, *rules, subject.source, '\n'); });
}

std::vector<Subject> subjects(const std::vector<std::string>& files) {
  std::vector<Subject> result;
  for (const std::size_t lines : {20U, 400U, 4000U})
    result.push_back(
        {"dockerfile/" + std::to_string(lines), {"Dockerfile", Language::Dockerfile, dockerfile_text(lines)}});
  for (const std::size_t lines : {20U, 400U, 4000U})
    result.push_back({"compose/" + std::to_string(lines), {"compose.yaml", Language::Compose, compose_text(lines)}});
  for (const std::size_t lines : {20U, 400U, 2000U, 4000U})
    result.push_back({"manifest/" + std::to_string(lines), {"shop.yaml", Language::Kubernetes, manifest_text(lines)}});
  result.push_back({"one-list/2000", {"list.yaml", Language::Kubernetes, list_text(2000)}});
  for (const std::string& file : files)
    result.push_back(
        {"file/" + file.substr(file.find_last_of('/') + 1), {file, Language::Kubernetes, file_text(file)}});
  return result;
}

}  // namespace
}  // namespace quaymaster::bench

namespace bench = quaymaster::bench;

int main(int count, char** arguments) {
  try {
    benchmark::Initialize(&count, arguments);
    const auto models = std::make_shared<const bench::Setup>(quaymaster::RuleSet());
    const auto rules = std::make_shared<const bench::Setup>(quaymaster::built_in_rules());
    for (const bench::Subject& subject : bench::subjects({arguments + 1, arguments + count}))
      bench::add_benchmarks(subject, models, rules);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}
