#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/expansion.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/expanded_words.h"
#include "rules/support/message.h"
#include "rules/support/one_edit.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule undefined_variable;
namespace {

using dockerfile::Context;
using dockerfile::File;
using dockerfile::Placed;
using dockerfile::VariableUse;
using dockerfile::Word;

constexpr std::string_view kUndefinedVar = "buildkit:UndefinedVar";

/// Known to FROM without declaration, and to a stage once it declares them.
constexpr std::string_view kPlatformArguments[] = {
    "BUILDPLATFORM", "BUILDOS",         "BUILDOSVERSION", "BUILDARCH",     "BUILDVARIANT", "TARGETPLATFORM",
    "TARGETOS",      "TARGETOSVERSION", "TARGETARCH",     "TARGETVARIANT", "TARGETSTAGE"};

/// What images are known to set, or the builder itself: nothing can be said about them.
constexpr std::string_view kFromElsewhere[] = {"PATH",
                                               "HOME",
                                               "HOSTNAME",
                                               "LANG",
                                               "LANGUAGE",
                                               "LC_ALL",
                                               "TERM",
                                               "USER",
                                               "PWD",
                                               "SHELL",
                                               "TZ",
                                               "JAVA_HOME",
                                               "JAVA_VERSION",
                                               "JAVA_OPTS",
                                               "GOPATH",
                                               "GOROOT",
                                               "CARGO_HOME",
                                               "RUSTUP_HOME",
                                               "GEM_HOME",
                                               "BUNDLE_PATH",
                                               "PYTHONPATH",
                                               "VIRTUAL_ENV",
                                               "LD_LIBRARY_PATH",
                                               "LIBRARY_PATH",
                                               "PKG_CONFIG_PATH",
                                               "CATALINA_HOME",
                                               "CONDA_DIR",
                                               "HTTP_PROXY",
                                               "HTTPS_PROXY",
                                               "FTP_PROXY",
                                               "NO_PROXY",
                                               "ALL_PROXY",
                                               "http_proxy",
                                               "https_proxy",
                                               "ftp_proxy",
                                               "no_proxy",
                                               "all_proxy",
                                               "SOURCE_DATE_EPOCH",
                                               "NODE_VERSION",
                                               "YARN_VERSION",
                                               "PYTHON_VERSION",
                                               "CUDA_HOME"};

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::string_view (&names)[Size]) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

/// The variables that were defined last.
std::vector<std::string_view> names_in(const dockerfile::Scope* scope) {
  constexpr std::size_t kMostNames = 128;
  std::vector<std::string_view> names;
  for (; scope != nullptr && names.size() < kMostNames; scope = scope->outer.get())
    names.push_back(scope->variable.name);
  return names;
}

/// The fix that writes `name` instead of the name of a use in `word`; none where the word is not in one piece.
std::vector<Fix> renamed(const VariableUse& use, const Word& word, std::string_view name, std::uint32_t begin) {
  if (word.range.size() != word.string().size()) return {};
  const std::uint32_t front = use.range.size() == use.name.size() + 1 ? 1 : 2;
  const std::uint32_t at = begin + use.range.begin + front;
  const TextRange range{at, at + static_cast<std::uint32_t>(use.name.size())};
  return {{"Use the variable " + quoted(name), Applicability::Unsafe, {Edit::replacement(range, std::string(name))}}};
}

std::string suggestion(std::string_view nearest) {
  return nearest.empty() ? std::string() : "; did you mean " + quoted(nearest, 24) + "?";
}

/// The declaration of `name` in `file` before (or else only after) the first FROM.
std::optional<TextRange> declaration(const File& file, std::string_view name, bool global) {
  for (std::size_t i = 0; i < file.instructions.size(); ++i) {
    const auto* arg = file.instructions[i].instruction->as<dockerfile::Arg>();
    if (arg == nullptr || (file.stage_of(i) == nullptr) != global) continue;
    for (const dockerfile::Pair& pair : arg->pairs)
      if (pair.key.string() == name) return pair.key.range.shifted(file.instructions[i].begin);
  }
  return std::nullopt;
}

void check_from(const dockerfile::From& from, const Placed& placed, const File& file, RuleContext& ctx) {
  std::vector<const Word*> words;
  if (from.image) words.push_back(&*from.image);
  if (const dockerfile::Flag* platform = from.flag("platform"); platform != nullptr && platform->value)
    words.push_back(&*platform->value);
  const dockerfile::Scope* scope = placed.context->scope.get();
  for (const Word* word : words) {
    for (const VariableUse& use : expand(word->text, scope, file.escape).uses) {
      if (find_variable(scope, use.name) != nullptr || is_one_of(use.name, kPlatformArguments)) continue;
      const std::vector<std::string_view> names = names_in(scope);
      const std::string_view nearest = near_miss(use.name, names);
      const std::optional<TextRange> inside = declaration(file, use.name, false);
      Report report{.variant = "from",
                    .range = use.range.shifted(placed.begin),
                    .message = "no ARG before the first FROM declares " + quoted(use.name, 24) +
                               (inside ? std::string() : suggestion(nearest))};
      if (inside) report.related.push_back({*inside, "this ARG is for its stage only"});
      if (!inside && !nearest.empty()) report.fixes = renamed(use, *word, nearest, placed.begin);
      ctx.report(std::move(report));
    }
  }
}

/// Looks through the stages in order.
class StageCheck {
 public:
  StageCheck(const File& file, RuleContext& ctx) : file_(file), ctx_(ctx) {
    for (const Placed& placed : file.instructions) {
      if (placed.context->in_stage || placed.instruction->as<dockerfile::From>() != nullptr) break;
      if (const auto* arg = placed.instruction->as<dockerfile::Arg>())
        for (const dockerfile::Pair& pair : arg->pairs) globals_.push_back(pair.key.string());
    }
  }

  void check(const Placed& placed) {
    if (placed.instruction->as<dockerfile::From>() != nullptr) {
      first_uses_.clear();
      return;
    }
    const Context& context = *placed.context;
    const bool is_port = placed.instruction->as<dockerfile::Expose>() != nullptr;
    if (!is_port)
      for (const ExpandedWord& word : expanded_words(*placed.instruction)) {
        if (word.word.string().find('$') == std::string::npos) continue;
        for (const VariableUse& use : word.expansion(context).uses) check_use(use, word.word, placed);
      }
    if (const auto* run = placed.instruction->as<dockerfile::Run>()) check_run(*run, placed);
  }

 private:
  [[nodiscard]] static bool is_defined(std::string_view name, const Context& context) {
    return find_variable(context.scope.get(), name) != nullptr;
  }

  void check_use(const VariableUse& use, const Word& word, const Placed& placed) {
    const Context& context = *placed.context;
    if (is_defined(use.name, context) || is_one_of(use.name, kFromElsewhere)) return;
    const TextRange range = use.range.shifted(placed.begin);
    if (is_one_of(use.name, kPlatformArguments) || is_global(use.name, context))
      return report_outside(use.name, range, placed, false);
    if (sets(*placed.instruction, use.name)) return;  // it adds to what the base image may have
    const std::vector<std::string_view> names = names_in(context.scope.get());
    const std::string_view nearest = near_miss(use.name, names);
    if (!nearest.empty() && (one_edit_apart(use.name, nearest) || equals_ignoring_case(use.name, nearest)) &&
        use.name.size() > 3)
      return ctx_.report({.variant = "misspelt",
                          .range = range,
                          .message = "no variable is called " + quoted(use.name, 24) + suggestion(nearest),
                          .fixes = renamed(use, word, nearest, placed.begin)});
    if (context.base_known && context.base_name == "scratch")
      ctx_.report({.variant = "undeclared",
                   .range = range,
                   .message = "nothing defines " + quoted(use.name) + ": its value is empty here"});
  }

  /// Declared before the first FROM, and not likely to be a variable that the base image has.
  [[nodiscard]] bool is_global(std::string_view name, const Context& context) const {
    if (std::find(globals_.begin(), globals_.end(), name) == globals_.end()) return false;
    const std::string_view base = context.base_name;
    const std::string image = ascii_lower(base.substr(base.rfind('/') + 1));
    return context.base_known && (image.empty() || ascii_lower(name).find(image) == std::string::npos);
  }

  static bool sets(const dockerfile::Instruction& instruction, std::string_view name) {
    const auto* env = instruction.as<dockerfile::Env>();
    return env != nullptr && std::any_of(env->pairs.begin(), env->pairs.end(),
                                         [&](const dockerfile::Pair& pair) { return pair.key.string() == name; });
  }

  void report_outside(const std::string& name, TextRange range, const Placed& placed, bool in_shell) {
    const std::uint32_t first = first_use(name, placed.begin + placed.instruction->statement().keyword.begin);
    Report report{.variant = "outside-stage",
                  .range = range,
                  .message = quoted(name, 24) + " is empty here: the stage does not declare it with ARG",
                  .fixes = {{"Declare " + quoted(name) + " in the stage",
                             Applicability::Safe,
                             {Edit::insertion(first, "ARG " + name + std::string(placed.context->line_ending))}}}};
    if (const std::optional<TextRange> outside = declaration(file_, name, true))
      report.related.push_back({*outside, "this ARG is for FROM only"});
    if (in_shell) report.aliases = std::vector<std::string_view>{};
    ctx_.report(std::move(report));
  }

  /// Where the instruction begins that uses `name` first in this stage: all its uses have one fix.
  std::uint32_t first_use(const std::string& name, std::uint32_t here) {
    for (const auto& [known, at] : first_uses_)
      if (known == name) return at;
    first_uses_.emplace_back(name, here);
    return here;
  }

  /// The shell of a RUN sees the platform arguments only when the stage declares them, too.
  void check_run(const dockerfile::Run& run, const Placed& placed) {
    if (!run.command.source) return;
    const MappedText& text = run.command.source->text;
    for (const std::string_view name : kPlatformArguments) {
      const std::string& bytes = text.bytes();
      if (bytes.find(name) == std::string::npos || bytes.find(std::string(name) + "=") != std::string::npos) continue;
      if (is_defined(name, *placed.context)) continue;
      if (const std::optional<TextRange> use = shell_use(bytes, name))
        report_outside(std::string(name), text.to_file(*use).shifted(placed.begin), placed, true);
    }
  }

  /// The first `$NAME` or `${NAME}` of `bytes` that is not in single quotes.
  static std::optional<TextRange> shell_use(std::string_view bytes, std::string_view name) {
    bool single = false;
    bool in_double = false;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      if (bytes[i] == '\\' && !single)
        ++i;
      else if (bytes[i] == '\'' && !in_double)
        single = !single;
      else if (bytes[i] == '"' && !single)
        in_double = !in_double;
      if (i >= bytes.size() || bytes[i] != '$' || single) continue;
      const bool braces = i + 1 < bytes.size() && bytes[i + 1] == '{';
      const std::size_t begin = i + (braces ? 2 : 1);
      if (bytes.substr(begin, name.size()) != name) continue;
      const std::size_t end = begin + name.size();
      const char next = end < bytes.size() ? bytes[end] : ' ';
      const bool in_name =
          (next >= 'A' && next <= 'Z') || (next >= 'a' && next <= 'z') || (next >= '0' && next <= '9') || next == '_';
      if (in_name || (braces && next != '}')) continue;
      return TextRange{static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(end + (braces ? 1 : 0))};
    }
    return std::nullopt;
  }

  const File& file_;
  RuleContext& ctx_;
  std::vector<std::string> globals_;
  std::vector<std::pair<std::string, std::uint32_t>> first_uses_;  // of the stage
};

void check_file(const File& file, RuleContext& ctx) {
  StageCheck stages(file, ctx);
  bool in_stage = false;
  for (const Placed& placed : file.instructions) {
    if (const auto* from = placed.instruction->as<dockerfile::From>()) {
      check_from(*from, placed, file, ctx);
      in_stage = true;
    }
    if (in_stage) stages.check(placed);
  }
}

}  // namespace

constinit const Rule undefined_variable = checked({
    .name = "undefined-variable",
    .family = Family::Correctness,
    .title = "The instruction uses a variable that nothing defines.",
    .consequence =
        "The builder puts nothing in its place and goes on. `COPY app-$TARGETARCH /app` copies `app-`, or fails with a "
        "name that is nowhere in the file; `FROM node:${NODE_VERSOIN}` becomes `FROM node:`. With a path the damage is "
        "silent: `WORKDIR $APP_HOEM/src` is `/src`, and the mistake is found in production.",
    .fine_when = "The base image defines the variable, under a name that is nearly one of yours.",
    .fix = FixAvailability::Sometimes,
    .variants = {reported("from", "FROM uses a variable that no ARG before the first FROM declares.", Severity::Warning,
                          Preset::BuildKit, "buildkit:UndefinedArgInFrom"),
                 reported("outside-stage",
                          "The variable is known to FROM, and the stage that uses it does not declare it.",
                          Severity::Warning, Preset::BuildKit, kUndefinedVar),
                 reported("misspelt", "The name is nearly that of a variable of the stage.", Severity::Warning,
                          Preset::BuildKit, kUndefinedVar),
                 reported("undeclared", "Nothing defines the variable in a stage that begins from scratch.",
                          Severity::Warning, Preset::BuildKit, kUndefinedVar)},
    .references = {"https://docs.docker.com/reference/build-checks/undefined-arg-in-from/",
                   "https://docs.docker.com/reference/build-checks/undefined-var/",
                   "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact"},
    .examples =
        {{"an argument misspelt in FROM", "Dockerfile", "ARG NODE_VERSION=22.11.0\nFROM node:<|${NODE_VERSOIN}|>\n",
          "ARG NODE_VERSION=22.11.0\nFROM node:${NODE_VERSION}\n"},
         {"a platform misspelt", "Dockerfile", "FROM --platform=<|$BULIDPLATFORM|> golang:1.23.3\n",
          "FROM --platform=$BUILDPLATFORM golang:1.23.3\n"},
         {"an argument of a stage in FROM", "Dockerfile",
          "FROM debian:12.8 AS base\nARG TAG=1.27.2\nFROM nginx:<|$TAG|>\n"},
         {"a platform argument that the stage does not declare", "Dockerfile",
          "FROM debian:12.8\nWORKDIR /\nCOPY app-<|$TARGETARCH|> /app\nCOPY lib-<|${TARGETARCH}|> /lib/app\n",
          "FROM debian:12.8\nWORKDIR /\nARG TARGETARCH\nCOPY app-$TARGETARCH /app\nCOPY lib-${TARGETARCH} /lib/app\n"},
         {"the same in a shell", "Dockerfile",
          "FROM debian:12.8\nRUN curl -fo /app \"https://example.org/app-<|$TARGETARCH|>\"\n",
          "FROM debian:12.8\nARG TARGETARCH\nRUN curl -fo /app \"https://example.org/app-$TARGETARCH\"\n"},
         {"an argument of FROM in a stage", "Dockerfile",
          "ARG VERSION=1.4.2\nFROM debian:12.8\nLABEL version=<|$VERSION|>\n",
          "ARG VERSION=1.4.2\nFROM debian:12.8\nARG VERSION\nLABEL version=$VERSION\n"},
         {"a variable misspelt", "Dockerfile", "FROM debian:12.8\nENV APP_HOME=/srv/app\nWORKDIR <|$APP_HOEM|>/src\n",
          "FROM debian:12.8\nENV APP_HOME=/srv/app\nWORKDIR $APP_HOME/src\n"},
         {"nothing but scratch", "Dockerfile", "FROM scratch\nCOPY rootfs<|${SUFFIX:-}|> /\n"},
         {"known everywhere", "Dockerfile",
          "FROM --platform=$BUILDPLATFORM debian:12.8\nARG TARGETARCH\nENV PATH=/app:$PATH\nCOPY app-$TARGETARCH "
          "/app\n"},
         {"what the stage below has", "Dockerfile",
          "FROM debian:12.8 AS base\nARG TARGETARCH\nFROM base\nCOPY app-$TARGETARCH /app\n"},
         {"what the base image may have", "Dockerfile",
          "FROM shop/base:3.1.0\nENV SHOP_HOME=/srv\nWORKDIR $SHOP_DATA\n"},
         {"what the base image has", "Dockerfile",
          "ARG NODE_VERSION=22.11.0\nFROM node:$NODE_VERSION\nLABEL node=$NODE_VERSION\n"},
         {"the shell's own variable", "Dockerfile",
          "FROM debian:12.8\nRUN TARGETARCH=$(dpkg --print-architecture) && echo \"$TARGETARCH\" '$TARGETOS'\n"},
         {"declared without a value", "Dockerfile", "ARG BASE\nFROM $BASE\nARG USER_ID\nUSER $USER_ID\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
