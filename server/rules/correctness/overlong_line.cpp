#include <array>
#include <cstddef>
#include <string_view>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/variants.h"

namespace quaymaster::rules {
extern const Rule overlong_line;
namespace {

/// A Dockerfile whose second line has `Size` bytes, its newline included.
template <std::size_t Size>
class LongLine {
 public:
  constexpr LongLine(std::string_view first, std::string_view begin, std::string_view end) {
    std::size_t at = 0;
    const auto add = [&](std::string_view text) {
      for (const char c : text) bytes_[at++] = c;
    };
    add(first);
    const std::size_t line = at;
    const bool marked = begin.starts_with("<|");
    add(begin);
    while (at - line < Size - 1 + (marked ? 2 : 0)) bytes_[at++] = 'x';
    add(end);
    size_ = at;
  }
  [[nodiscard]] constexpr std::string_view view() const { return {bytes_.data(), size_}; }

 private:
  std::array<char, Size + 100> bytes_{};
  std::size_t size_ = 0;
};

constexpr LongLine<65'536> kTooLong("FROM debian:12.8\n", "<|RUN : ", "|>\n");
constexpr LongLine<65'535> kLongEnough("FROM debian:12.8\n", "RUN : ", "\n");

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const dockerfile::Placed& placed : file.instructions)
    if (placed.instruction->overlong_line)
      ctx.report({.range = placed.instruction->overlong_line->shifted(placed.begin),
                  .message = "the builder reads no line of more than 65535 bytes: continue it on the next one"});
}

}  // namespace

constinit const Rule overlong_line = checked({
    .name = "overlong-line",
    .family = Family::Correctness,
    .title = "The line is longer than the builder can read.",
    .consequence =
        "The build stops with `dockerfile line greater than max allowed size of 65535`. It happens to generated files, "
        "with a certificate or a list of packages in one line, on the day when one more is added.",
    .fine_when = "Never: no builder takes the file as it is.",
    .fix = FixAvailability::None,
    .variants = {refused("", "")},
    .references = {"https://docs.docker.com/reference/dockerfile/#format"},
    .examples = {{"one byte too many", "Dockerfile", kTooLong.view()},
                 {"as long as can be", "Dockerfile", kLongEnough.view()}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
