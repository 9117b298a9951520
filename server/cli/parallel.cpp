#include "cli/parallel.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace quaymaster::cli {

unsigned default_jobs() { return std::max(std::thread::hardware_concurrency(), 1U); }

void for_each_index(std::size_t count, unsigned jobs, const std::function<void(std::size_t)>& work,
                    std::chrono::milliseconds interval, const std::function<void(std::size_t)>& tick) {
  std::mutex mutex;
  std::condition_variable all_done;
  std::size_t next = 0;
  std::size_t done = 0;
  const auto run = [&] {
    std::unique_lock lock(mutex);
    while (next < count) {
      const std::size_t index = next++;
      lock.unlock();
      work(index);
      lock.lock();
      if (++done == count) all_done.notify_one();
    }
  };
  std::vector<std::jthread> threads;
  const std::size_t workers = std::clamp<std::size_t>(jobs, 1, std::max<std::size_t>(count, 1));
  for (std::size_t i = 0; i < workers; ++i) threads.emplace_back(run);
  std::unique_lock lock(mutex);
  while (!all_done.wait_for(lock, interval, [&] { return done == count; })) {
    const std::size_t so_far = done;
    lock.unlock();
    tick(so_far);
    lock.lock();
  }
}

}  // namespace quaymaster::cli
