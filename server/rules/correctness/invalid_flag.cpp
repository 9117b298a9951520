#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/builder_flags.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_flag;
namespace {

using dockerfile::Flag;
using dockerfile::Placed;
using dockerfile::Statement;

class FlagCheck {
 public:
  FlagCheck(const Placed& placed, RuleContext& ctx)
      : placed_(placed),
        statement_(placed.instruction->statement()),
        known_(builder_flags(*placed.instruction)),
        ctx_(ctx) {}

  void check() {
    std::unordered_set<std::string_view> seen;
    std::uint32_t before = statement_.keyword.end;
    for (const Flag& flag : statement_.flags) {
      const auto found = std::ranges::find(known_, flag.name, &BuilderFlag::name);
      if (found == known_.end())
        report_unknown(flag);
      else if (!flag.value && found->value != BuilderFlag::Value::Boolean)
        report_missing_value(flag);
      else if (!seen.insert(flag.name).second && found->value != BuilderFlag::Value::List)
        report_repeated(flag, before);
      before = flag.range.end;
    }
  }

 private:
  [[nodiscard]] TextRange in_file(TextRange range) const { return range.shifted(placed_.begin); }

  void report_unknown(const Flag& flag) {
    std::vector<std::string_view> names;
    for (const BuilderFlag& known : known_) names.push_back(known.name);
    const std::string_view nearest = near_miss(flag.name, names);
    std::vector<Fix> fixes;
    std::string message = quoted(statement_.keyword_text) + " has no flag " + quoted("--" + flag.name);
    if (!nearest.empty()) {
      message += "; did you mean `--" + std::string(nearest) + "`?";
      if (flag.name_range.size() == flag.name.size())
        fixes.push_back({"Replace it with --" + std::string(nearest),
                         equals_ignoring_case(flag.name, nearest) ? Applicability::Safe : Applicability::Unsafe,
                         {Edit::replacement(in_file(flag.name_range), std::string(nearest))}});
    }
    const TextRange name{flag.range.begin, flag.name_range.end};
    ctx_.report({.variant = "unknown",
                 .range = in_file(flag.name.empty() ? flag.range : name),
                 .message = std::move(message),
                 .fixes = std::move(fixes)});
  }

  /// `before` is where the word before the flag ends.
  void report_repeated(const Flag& flag, std::uint32_t before) {
    ctx_.report(
        {.variant = "repeated",
         .range = in_file(flag.range),
         .message = quoted("--" + flag.name) + " is given twice",
         .fixes = {
             {"Delete the second one", Applicability::Unsafe, {Edit::deletion(in_file({before, flag.range.end}))}}}});
  }

  /// `--chown app src dst`: a blank where the equals sign has to be.
  void report_missing_value(const Flag& flag) {
    std::vector<Fix> fixes;
    const bool last = &flag == &statement_.flags.back();
    if (last && !statement_.arguments.string().empty())
      fixes.push_back({"Join it to the next word with =",
                       Applicability::Unsafe,
                       {Edit::replacement(in_file({flag.range.end, statement_.arguments.range.begin}), "=")}});
    ctx_.report({.variant = "missing-value",
                 .range = in_file(flag.range),
                 .message = quoted("--" + flag.name) + " needs a value, joined to it with `=`",
                 .fixes = std::move(fixes)});
  }

  const Placed& placed_;
  const Statement& statement_;
  std::span<const BuilderFlag> known_;
  RuleContext& ctx_;
};

void check_file(const dockerfile::File& file, RuleContext& ctx) {
  for (const Placed& placed : file.instructions)
    if (minds_flags(*placed.instruction)) FlagCheck(placed, ctx).check();
}

}  // namespace

constinit const Rule invalid_flag = checked({
    .name = "invalid-flag",
    .family = Family::Correctness,
    .title = "The instruction has no such flag, or not in this form.",
    .consequence =
        "The build stops with `unknown flag` before it does anything. Flags look like those of `docker run`, but each "
        "instruction has a few of its own: `RUN --user` and `COPY --recursive` were never among them, and a value is "
        "always joined with an equals sign.",
    .fine_when = "The file names a frontend of its own with `# syntax=`, and that one knows the flag.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("unknown", "The instruction has no flag of this name."),
                 refused("missing-value", "The flag has no value, or it is not joined with `=`."),
                 refused("repeated", "A flag that can be given once is given twice.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy",
                   "https://docs.docker.com/reference/dockerfile/#run",
                   "https://docs.docker.com/reference/dockerfile/#healthcheck"},
    .examples = {{"misspelt", "Dockerfile", "FROM debian:12.8\nCOPY <|--form|>=build /a /a\n",
                  "FROM debian:12.8\nCOPY --from=build /a /a\n"},
                 {"the case counts", "Dockerfile", "FROM debian:12.8\nCOPY --link <|--Chown|>=1000 /a /a\n",
                  "FROM debian:12.8\nCOPY --link --chown=1000 /a /a\n"},
                 {"flags of other programs", "Dockerfile",
                  "FROM debian:12.8\nRUN <|--user|>=root make\nWORKDIR <|--parents|> /srv\nADD <|--from|>=x a b\n"},
                 {"a blank for the equals sign", "Dockerfile", "FROM debian:12.8\nCOPY <|--chown|> app:app a b\n",
                  "FROM debian:12.8\nCOPY --chown=app:app a b\n"},
                 {"no value at all", "Dockerfile", "FROM <|--platform|> --platform=linux/amd64 debian:12.8\n"},
                 {"twice", "Dockerfile", "FROM debian:12.8\nCOPY --chown=1000 <|--chown=1000|> a b\n",
                  "FROM debian:12.8\nCOPY --chown=1000 a b\n"},
                 {"what there is", "Dockerfile",
                  "FROM --platform=linux/amd64 debian:12.8\nRUN --mount=type=cache,target=/a --mount=type=ssh "
                  "--network=none make\n"
                  "COPY --link=TRUE --exclude=a --exclude=b x y\nHEALTHCHECK --interval=5s --retries=3 CMD curl -f "
                  "localhost\n"},
                 {"what is no flag any more", "Dockerfile", "FROM debian:12.8\nCOPY -- --odd /a\nRUN make --jobs\n"},
                 {"where the builder does not look", "Dockerfile",
                  "FROM debian:12.8\nARG --x A\nHEALTHCHECK --interval=5s NONE\nONBUILD COPY --form=x a b\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
