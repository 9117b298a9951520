#include "model/packages/invocation_text.h"

#include <array>

#include "model/shell/script_text.h"

namespace quaymaster::tests {
namespace {

constexpr std::array<std::string_view, 11> kOperations{
    "install", "sync", "remove", "upgrade", "update index", "lock", "clean", "download", "build", "run", "other"};
constexpr std::array<std::string_view, 27> kFlags{
    "yes",          "no-recommends", "no-cache",   "quiet",    "frozen",  "no-lock", "lock-only",
    "user",         "global",        "system",     "virtual",  "upgrade", "refresh", "no-dev",
    "no-documents", "requirements",  "constraint", "editable", "version", "release", "path",
    "from",         "unverified",    "download",   "dry",      "all",     "help"};
constexpr std::array<std::string_view, 7> kOrigins{"", "group ", "path ", "url ", "repository ", "file ", "computed "};

template <class Names, class Enum>
std::string name(const Names& names, Enum value) {
  return std::string(names.at(static_cast<std::size_t>(value)));
}

}  // namespace

std::optional<packages::Invocation> invocation_of(std::string_view text) {
  const shell::Text parsed = shell_text(text);
  if (parsed.script->commands.empty()) return std::nullopt;
  return packages::invocation(parsed.script->commands.front().words, parsed.source.text.bytes());
}

std::string operation_in(std::string_view text) {
  const std::optional<packages::Invocation> invocation = invocation_of(text);
  if (!invocation) return "-";
  std::string result = name(kOperations, invocation->operation);
  std::string separator = ": ";
  for (const packages::Package& package : invocation->packages) {
    result += separator + name(kOrigins, package.origin) + package.name;
    if (package.has_version()) result += ' ' + package.relation + ' ' + package.version;
    separator = ", ";
  }
  separator = " (";
  for (const packages::FlagUse& flag : invocation->flags) {
    result += separator + name(kFlags, flag.flag) + (flag.value.empty() ? "" : "=" + flag.value);
    separator = ", ";
  }
  if (separator == ", ") result += ')';
  if (!invocation->literal) result += '?';
  return result;
}

}  // namespace quaymaster::tests
