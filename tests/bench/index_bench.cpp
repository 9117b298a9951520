// A repository of 20,000 files of which 200 are container files: how long the index takes, and how much memory it
// holds.
#include <benchmark/benchmark.h>
#include <cstddef>
#include <malloc.h>
#include <string>
#include <vector>

#include "workspace/memory_file_system.h"
#include "workspace/workspace.h"

namespace quaymaster::workspace {
namespace {

constexpr std::size_t kMostBytes = std::size_t{50} << 20;
constexpr int kFolders = 100;
constexpr int kOtherFiles = 198;  // in each folder, beside two container files

void add_repository(MemoryFileSystem& files) {
  for (int i = 0; i < kFolders; ++i) {
    const std::string folder = "/w/services/service-" + std::to_string(i);
    files.add_file(folder + "/Dockerfile",
                   "FROM node:22 AS base\nWORKDIR /srv\nCOPY package.json package-lock.json ./\nRUN npm ci\n"
                   "COPY docker/start.sh /start.sh\nFROM base AS prod\nEXPOSE 8080\nUSER node\n"
                   "ENTRYPOINT [\"/start.sh\"]\n");
    files.add_file(folder + "/compose.yaml",
                   "services:\n  app:\n    build: {context: ., target: prod}\n    ports: ['8080:8080']\n"
                   "  database:\n    image: postgres:16\n    volumes: ['data:/var/lib/postgresql/data']\n"
                   "volumes: {data: {}}\n");
    for (int j = 0; j < kOtherFiles; ++j)
      files.add_file(folder + "/src/module-" + std::to_string(j) + (j % 20 == 0 ? ".yaml" : ".ts"), "name: value\n");
  }
}

void index_repository(benchmark::State& state) {
  MemoryFileSystem files;
  add_repository(files);
  std::size_t bytes = 0;
  std::size_t found = 0;
  for ([[maybe_unused]] auto _ : state) {
    const std::size_t before = mallinfo2().uordblks;
    Workspace workspace(files, {"/w"});
    for (const auto& [path, role] : workspace.index().files()) {
      benchmark::DoNotOptimize(workspace.index().find(path));
      benchmark::DoNotOptimize(workspace.surroundings_of(path));
      benchmark::DoNotOptimize(workspace.scripts_of(path));
    }
    bytes = mallinfo2().uordblks - before;
    found = workspace.index().files().size();
    if (bytes > kMostBytes) state.SkipWithError("the index holds more than it may");
  }
  state.counters["held_bytes"] = static_cast<double>(bytes);
  state.counters["container_files"] = static_cast<double>(found);
}
BENCHMARK(index_repository)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace quaymaster::workspace

BENCHMARK_MAIN();
