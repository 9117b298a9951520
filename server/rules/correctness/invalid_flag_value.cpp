#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/instructions.h"
#include "rules/support/message.h"
#include "rules/support/variants.h"
#include "text/ascii.h"
#include "text/near_miss.h"

namespace quaymaster::rules {
extern const Rule invalid_flag_value;
namespace {

using dockerfile::Flag;
using dockerfile::Statement;

bool is_octal(std::string_view text) {
  return !text.empty() && text.find_first_not_of("01234567") == std::string_view::npos;
}

/// What chmod(1) takes: an octal number up to 7777, or clauses like `u=rwX,go+r`.
bool is_mode(std::string_view text) {
  constexpr std::size_t kLongestNumber = 11;
  if (is_octal(text)) {
    const std::size_t digits = std::min(text.find_first_not_of('0'), text.size());
    return text.size() - digits <= 4 && text.size() <= kLongestNumber * 2;
  }
  if (text.empty() || (text.front() >= '0' && text.front() <= '9')) return false;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of("ugoa"), text.size()));
    if (text.empty() || std::string_view("+-=").find(text.front()) == std::string_view::npos) return false;
    while (!text.empty() && std::string_view("+-=").find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
      text.remove_prefix(std::min(text.find_first_not_of("rwxXstugo"), text.size()));
    }
    if (text.empty()) return true;
    if (text.front() != ',') return false;
    text.remove_prefix(1);
  }
}

/// `app`, `app:1000`, `1000:app`.
bool has_name(std::string_view owner) {
  const auto is_name = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") != std::string_view::npos;
  };
  const std::size_t colon = std::min(owner.find(':'), owner.size());
  return is_name(owner.substr(0, colon)) || (colon < owner.size() && is_name(owner.substr(colon + 1)));
}

bool is_digest(std::string_view text) {
  constexpr std::string_view kHexadecimal = "0123456789abcdef";
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view algorithm = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);
  const std::size_t length = algorithm == "sha256" ? 64 : algorithm == "sha384" ? 96 : algorithm == "sha512" ? 128 : 0;
  return length != 0 && digits.size() == length && digits.find_first_not_of(kHexadecimal) == std::string_view::npos;
}

bool is_remote(std::string_view source) {
  return source.starts_with("http://") || source.starts_with("https://") || source.starts_with("git@") ||
         source.starts_with("git://") || source.starts_with("ssh://") || source.starts_with("github.com/");
}

/// An operating system or an architecture alone, or both and more with slashes between.
bool is_platform(std::string_view text) {
  constexpr std::string_view kAlone[] = {
      "aix",      "android",  "darwin",    "dragonfly",   "freebsd", "hurd",    "illumos", "ios",     "js",    "linux",
      "nacl",     "netbsd",   "openbsd",   "plan9",       "solaris", "windows", "zos",     "macos",   "386",   "amd64",
      "amd64p32", "arm",      "armbe",     "arm64",       "arm64be", "ppc64",   "ppc64le", "loong64", "mips",  "mipsle",
      "mips64",   "mips64le", "mips64p32", "mips64p32le", "ppc",     "riscv",   "riscv64", "s390",    "s390x", "sparc",
      "sparc64",  "wasm",     "i386",      "x86_64",      "x86-64",  "aarch64", "armhf",   "armel",   "wasip1"};
  if (text.find('*') != std::string_view::npos) return false;
  const auto slashes = std::ranges::count(text, '/');
  if (slashes == 0) {
    const std::string lower = ascii_lower(text.substr(0, text.find('(')));
    return std::ranges::find(kAlone, lower) != std::end(kAlone);
  }
  if (slashes > 2) return false;
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  };
  bool first = true;
  while (true) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    std::string_view part = text.substr(0, slash);
    if (first) part = part.substr(0, part.find('('));
    if (part.empty() || !std::ranges::all_of(part, good)) return false;
    if (slash == text.size()) return true;
    text.remove_prefix(slash + 1);
    first = false;
  }
}

bool is_true(const Flag* flag) {
  return flag != nullptr && (!flag->value || ascii_lower(flag->value->string()) == "true");
}

class ValueCheck {
 public:
  ValueCheck(const Statement& statement, RuleContext& ctx)
      : statement_(statement), context_(*ctx.instruction_context()), ctx_(ctx) {}

  void booleans(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
      const Flag* flag = statement_.flag(name);
      if (flag == nullptr || !flag->value) continue;
      const std::string& value = flag->value->string();
      if (equals_ignoring_case(value, "true") || equals_ignoring_case(value, "false")) continue;
      report("boolean", *flag, quoted("--" + flag->name) + " is true or false, not " + quoted(value));
    }
  }

  void choice(std::string_view name, const std::vector<std::string_view>& choices) {
    const Flag* flag = statement_.flag(name);
    if (flag == nullptr || !flag->value) return;
    const std::string& value = flag->value->string();
    if (std::ranges::find(choices, value) != choices.end()) return;
    const std::string_view nearest = near_miss(value, choices);
    std::vector<Fix> fixes;
    if (!nearest.empty() && verbatim(*flag->value))
      fixes.push_back({"Replace it with " + std::string(nearest),
                       Applicability::Unsafe,
                       {Edit::replacement(flag->value->range, std::string(nearest))}});
    std::string list;
    for (const std::string_view choice : choices)
      list += (choice == choices.front() ? "" : choice == choices.back() ? " or " : ", ") + quoted(choice);
    report("choice", *flag, quoted("--" + flag->name) + " is " + list + ", not " + quoted(value, 24), std::move(fixes));
  }

  void mode() {
    const Flag* flag = statement_.flag("chmod");
    const std::optional<std::string> value = value_of(flag);
    if (!value || value->empty() || is_mode(*value)) return;
    report("mode", *flag, quoted(*value, 24) + " is no mode: octal up to `7777`, or like `u=rwX,go=rX`");
  }

  void owner() {
    const Flag* flag = statement_.flag("chown");
    const std::optional<std::string> value = value_of(flag);
    if (!value || !is_true(statement_.flag("link")) || !has_name(*value)) return;
    report("owner", *flag, "with `--link` an owner has to be a number: " + quoted(*value, 24) + " cannot be looked up");
  }

  void checksum(const dockerfile::Add& add) {
    const Flag* flag = statement_.flag("checksum");
    const std::optional<std::string> value = value_of(flag);
    if (!value || value->empty()) return;
    if (add.sources.size() != 1) return report("checksum", *flag, "one checksum cannot be that of several sources");
    const std::optional<std::string> source = known_value(add.sources.front(), context_);
    if (!source) return;
    if (!is_remote(*source)) return report("checksum", *flag, "a checksum is for a URL, not for " + quoted(*source));
    const bool http = source->starts_with("http") && source->find(".git") == std::string::npos;
    if (http && !is_digest(*value))
      report("checksum", *flag, quoted(*value, 24) + " is no checksum: `sha256:` and 64 digits of 0-9, a-f");
  }

  void platform() {
    const Flag* flag = statement_.flag("platform");
    const std::optional<std::string> value = value_of(flag);
    if (!value || value->empty() || is_platform(*value)) return;
    report("platform", *flag, quoted(*value) + " is no platform: they look like `linux/arm64`");
  }

 private:
  [[nodiscard]] std::optional<std::string> value_of(const Flag* flag) const {
    if (flag == nullptr || !flag->value) return std::nullopt;
    return known_value(*flag->value, context_);
  }

  void report(std::string_view variant, const Flag& flag, std::string message, std::vector<Fix> fixes = {}) {
    ctx_.report({.variant = variant,
                 .range = flag.value->string().empty() ? flag.range : flag.value->range,
                 .message = std::move(message),
                 .fixes = std::move(fixes)});
  }

  const Statement& statement_;
  const dockerfile::Context& context_;
  RuleContext& ctx_;
};

void check_from(const dockerfile::From& from, RuleContext& ctx) {
  if (!from.triggered) ValueCheck(from, ctx).platform();
}

void check_run(const dockerfile::Run& run, RuleContext& ctx) {
  if (run.triggered) return;
  ValueCheck check(run, ctx);
  check.choice("network", {"default", "none", "host"});
  check.choice("security", {"sandbox", "insecure"});
}

void check_copy(const dockerfile::Copy& copy, RuleContext& ctx) {
  if (copy.triggered) return;
  ValueCheck check(copy, ctx);
  check.booleans({"link", "parents"});
  check.mode();
  check.owner();
}

void check_add(const dockerfile::Add& add, RuleContext& ctx) {
  if (add.triggered) return;
  ValueCheck check(add, ctx);
  check.booleans({"link", "keep-git-dir", "unpack"});
  check.mode();
  check.owner();
  check.checksum(add);
}

}  // namespace

constinit const Rule invalid_flag_value = checked({
    .name = "invalid-flag-value",
    .family = Family::Correctness,
    .title = "The flag does not take this value.",
    .consequence =
        "The build stops: for `--network=bridge` before it begins, for `--chmod=888` or `--chown=app` with `--link` "
        "only when it comes to the line, after twenty minutes of compiling.",
    .fine_when = "Never: BuildKit takes none of these values.",
    .fix = FixAvailability::Sometimes,
    .variants = {refused("boolean", "A switch is given something other than true or false."),
                 refused("choice", "The value is none of those that the flag knows."),
                 refused("mode", "The mode for new files is none."),
                 refused("owner", "COPY or ADD with `--link` gives files to somebody by name."),
                 refused("checksum", "The checksum is none, or is for what cannot have one."),
                 refused("platform", "The platform cannot be read.")},
    .references = {"https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
                   "https://docs.docker.com/reference/dockerfile/#copy---link",
                   "https://docs.docker.com/reference/dockerfile/#run---network",
                   "https://docs.docker.com/reference/dockerfile/#add---checksum"},
    .examples =
        {{"a network that there is not", "Dockerfile", "FROM debian:12.8\nRUN --network=<|hots|> make\n",
          "FROM debian:12.8\nRUN --network=host make\n"},
         {"no value for a choice", "Dockerfile", "FROM debian:12.8\nRUN <|--security=|> make\n"},
         {"yes is not true", "Dockerfile", "FROM debian:12.8\nCOPY --link=<|yes|> a b\nADD <|--unpack=|> c d\n"},
         {"modes", "Dockerfile",
          "FROM debian:12.8\nARG MODE=rwx\nCOPY --chmod=<|888|> a b\nCOPY --chmod=<|0o755|> a b\nADD --chmod=<|$MODE|> "
          "a b\n"},
         {"an owner by name", "Dockerfile", "FROM debian:12.8\nCOPY --link --chown=<|app:1000|> a b\n"},
         {"checksums", "Dockerfile",
          "FROM debian:12.8\nADD --checksum=<|sha256:abc|> https://example.org/a.tar /\nADD --checksum=<|sha256:abc|> "
          "a.tar /\n"},
         {"a platform", "Dockerfile", "FROM --platform=<|linux/arm64/v8/x|> debian:12.8\n"},
         {"good values", "Dockerfile",
          "FROM --platform=linux/arm64/v8 debian:12.8\nARG MODE\nRUN --network=none --security=insecure make\n"
          "COPY --link=FALSE --chown=app --chmod=u=rwX,go=rX a b\nCOPY --link --chown=1000:1000 --chmod=4755 a b\n"
          "COPY --chmod=$MODE a b\n"}},
    .checks = {on(check_from), on(check_run), on(check_copy), on(check_add)},
});

}  // namespace quaymaster::rules
