#pragma once
#include <chrono>
#include <cstddef>
#include <functional>

namespace quaymaster::cli {

/// As many threads as this machine runs at once; at least one.
[[nodiscard]] unsigned default_jobs();

/// Calls `work` once for each index below `count`, from `jobs` threads; `work` must not throw. Returns when all is
/// done. `tick` is called now and then, from the calling thread, with the number of calls that have returned.
void for_each_index(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                    std::chrono::milliseconds interval, const std::function<void(std::size_t)>& tick);

}  // namespace quaymaster::cli
