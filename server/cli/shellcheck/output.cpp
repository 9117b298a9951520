#include "cli/shellcheck/output.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

namespace quaymaster::cli {
namespace {

using Json = nlohmann::json;

std::uint32_t number(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_unsigned()) return 0;
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(found->get<std::uint64_t>(), std::numeric_limits<std::uint32_t>::max()));
}

std::string string(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

shellcheck::Position begin_of(const Json& object) { return {number(object, "line"), number(object, "column")}; }
shellcheck::Position end_of(const Json& object) { return {number(object, "endLine"), number(object, "endColumn")}; }

Severity severity_of(std::string_view level) {
  if (level == "error") return Severity::Error;
  if (level == "warning") return Severity::Warning;
  return level == "info" ? Severity::Information : Severity::Hint;
}

std::vector<shellcheck::Replacement> replacements_of(const Json& comment) {
  std::vector<shellcheck::Replacement> result;
  const auto fix = comment.find("fix");
  if (fix == comment.end() || !fix->is_object()) return result;
  const auto list = fix->find("replacements");
  if (list == fix->end() || !list->is_array()) return result;
  for (const Json& one : *list)
    if (one.is_object()) result.push_back({begin_of(one), end_of(one), string(one, "replacement")});
  return result;
}

}  // namespace

std::optional<std::vector<shellcheck::Comment>> read_shellcheck_output(
    std::string_view json, const std::function<std::optional<std::size_t>(std::string_view file)>& text_of) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  const auto list = document.find("comments");
  if (list == document.end() || !list->is_array()) return std::nullopt;
  std::vector<shellcheck::Comment> result;
  for (const Json& comment : *list) {
    if (!comment.is_object()) continue;
    const std::optional<std::size_t> text = text_of(string(comment, "file"));
    if (!text) continue;
    result.push_back({.text = *text,
                      .begin = begin_of(comment),
                      .end = end_of(comment),
                      .severity = severity_of(string(comment, "level")),
                      .code = number(comment, "code"),
                      .message = string(comment, "message"),
                      .replacements = replacements_of(comment)});
  }
  return result;
}

}  // namespace quaymaster::cli
