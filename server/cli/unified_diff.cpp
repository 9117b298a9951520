#include "cli/unified_diff.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

// The shortest edit script by the greedy algorithm of Myers ("An O(ND) Difference Algorithm and Its Variations", 1986),
// on what is left between the lines that both texts have in common at their beginning and end.

namespace quaymaster::cli {
namespace {

constexpr std::size_t kContext = 3;
/// Above this many changed lines the middle is replaced as a whole. The search remembers about the square of it.
constexpr int kMostChanges = 1500;

std::vector<TextRange> split_lines(std::string_view text) {
  std::vector<TextRange> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    begin = end + 1;
  }
  return lines;
}

/// Equal lines get equal numbers; a last line without '\n' differs from one with it.
class LineNumbers {
 public:
  std::vector<int> of(std::string_view text, const std::vector<TextRange>& lines) {
    std::vector<int> numbers;
    numbers.reserve(lines.size());
    for (const TextRange line : lines)
      numbers.push_back(known_.try_emplace(text.substr(line.begin, line.size() + 1), known_.size()).first->second);
    return numbers;
  }

 private:
  std::unordered_map<std::string_view, int> known_;
};

/// Lines [before_begin, before_end) of the old text become [after_begin, after_end) of the new one.
struct Change {
  std::size_t before_begin, before_end, after_begin, after_end;
};

/// The changes from `a` to `b`, in order, never adjacent. Indices count from `a_at` and `b_at`.
std::vector<Change> shortest_changes(std::span<const int> a, std::span<const int> b, std::size_t at) {
  const int n = static_cast<int>(a.size());
  const int m = static_cast<int>(b.size());
  const auto whole = [&] { return std::vector<Change>{{at, at + a.size(), at, at + b.size()}}; };
  if (n == 0 || m == 0) return whole();

  // trace[d] holds, for each diagonal -d, -d+2 … d, how far d changes get in `a`.
  std::vector<std::vector<int>> trace;
  const auto reach = [&](int d, int k) {
    return trace[static_cast<std::size_t>(d)][static_cast<std::size_t>(k + d) / 2];
  };
  const auto goes_down = [&](int d, int k) { return k == -d || (k != d && reach(d - 1, k - 1) < reach(d - 1, k + 1)); };
  int changes = -1;
  for (int d = 0; changes < 0; ++d) {
    if (d > std::min(n + m, kMostChanges)) return whole();
    std::vector<int> row;
    row.reserve(static_cast<std::size_t>(d) + 1);
    for (int k = -d; k <= d; k += 2) {
      int x = 0;
      if (d > 0) x = goes_down(d, k) ? reach(d - 1, k + 1) : reach(d - 1, k - 1) + 1;
      int y = x - k;
      while (x < n && y < m && x >= 0 && y >= 0 && a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)]) {
        ++x;
        ++y;
      }
      row.push_back(x);
      if (x >= n && y >= m) changes = d;
    }
    trace.push_back(std::move(row));
  }

  std::vector<Change> script;
  int x = n;
  int y = m;
  for (int d = changes; d > 0; --d) {
    const int k = x - y;
    const bool down = goes_down(d, k);
    const int from_x = down ? reach(d - 1, k + 1) : reach(d - 1, k - 1);
    const int from_y = from_x - (down ? k + 1 : k - 1);
    const Change step{at + static_cast<std::size_t>(from_x), at + static_cast<std::size_t>(down ? from_x : from_x + 1),
                      at + static_cast<std::size_t>(from_y), at + static_cast<std::size_t>(down ? from_y + 1 : from_y)};
    if (!script.empty() && script.back().before_begin == step.before_end &&
        script.back().after_begin == step.after_end) {
      script.back().before_begin = step.before_begin;
      script.back().after_begin = step.after_begin;
    } else {
      script.push_back(step);
    }
    x = from_x;
    y = from_y;
  }
  std::ranges::reverse(script);
  return script;
}

std::vector<Change> changes_between(std::span<const int> a, std::span<const int> b) {
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  if (head == a.size() && head == b.size()) return {};
  return shortest_changes(a.subspan(head, a.size() - head - tail), b.subspan(head, b.size() - head - tail), head);
}

/// One side of a diff, cut into lines.
struct Side {
  const DiffSide& side;
  std::vector<TextRange> lines;

  void write(std::string& out, char sign, std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      out += sign + side.show(lines[i]) + "\n";
      if (lines[i].end == side.text.size()) out += "\\ No newline at end of file\n";
    }
  }
};

/// "12,3": where a hunk begins, from 1, and its size. An empty one stands behind the line that it names.
std::string hunk_range(std::size_t begin, std::size_t end) {
  const std::size_t size = end - begin;
  std::string out = std::to_string(size == 0 ? begin : begin + 1);
  if (size != 1) out += "," + std::to_string(size);
  return out;
}

/// The changes from `first` on that share their context; returns the index behind the last one.
std::size_t write_hunk(std::string& out, const std::vector<Change>& changes, std::size_t first, const Side& before,
                       const Side& after) {
  std::size_t last = first;
  while (last + 1 < changes.size() && changes[last + 1].before_begin - changes[last].before_end <= 2 * kContext) ++last;
  const std::size_t lead = std::min(kContext, changes[first].before_begin);
  const std::size_t trail = std::min(kContext, before.lines.size() - changes[last].before_end);
  out += "@@ -" + hunk_range(changes[first].before_begin - lead, changes[last].before_end + trail) + " +" +
         hunk_range(changes[first].after_begin - lead, changes[last].after_end + trail) + " @@\n";
  std::size_t at = changes[first].before_begin - lead;
  for (std::size_t i = first; i <= last; ++i) {
    before.write(out, ' ', at, changes[i].before_begin);
    before.write(out, '-', changes[i].before_begin, changes[i].before_end);
    after.write(out, '+', changes[i].after_begin, changes[i].after_end);
    at = changes[i].before_end;
  }
  before.write(out, ' ', at, at + trail);
  return last + 1;
}

}  // namespace

std::string unified_diff(std::string_view path, const DiffSide& before, const DiffSide& after) {
  const Side old_side{before, split_lines(before.text)};
  const Side new_side{after, split_lines(after.text)};
  LineNumbers numbers;
  const std::vector<int> a = numbers.of(before.text, old_side.lines);
  const std::vector<int> b = numbers.of(after.text, new_side.lines);
  const std::vector<Change> changes = changes_between(a, b);
  if (changes.empty()) return {};
  // An absolute path has its slash already.
  while (path.starts_with('/')) path.remove_prefix(1);
  std::string out = "--- a/" + std::string(path) + "\n+++ b/" + std::string(path) + "\n";
  for (std::size_t next = 0; next < changes.size();) next = write_hunk(out, changes, next, old_side, new_side);
  return out;
}

}  // namespace quaymaster::cli
