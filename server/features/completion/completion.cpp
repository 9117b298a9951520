#include "features/completion/completion.h"

#include <algorithm>
#include <utility>

#include "analysis/document_model.h"
#include "features/completion/compose_words.h"
#include "features/completion/dockerfile_words.h"
#include "features/completion/kubernetes_words.h"
#include "features/completion/sources.h"
#include "features/navigation/variable_uses.h"

namespace quaymaster {
namespace {

bool in_name(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Completions in_language(const Analysis& analysis, std::uint32_t offset) {
  if (const auto* dockerfile = analysis.model->as<DockerfileModel>())
    return dockerfile_completions(analysis, *dockerfile, offset);
  if (analysis.model->as<ComposeModel>()) return compose_completions(analysis, offset);
  if (analysis.model->as<kubernetes::File>()) return kubernetes_completions(analysis, offset);
  return {};
}

}  // namespace

Completions completions(const Analysis& analysis, std::uint32_t offset) {
  if (!analysis.model || offset > analysis.source.text.size()) return {};
  Completions found = in_language(analysis, offset);
  if (found.items.size() > kMaxCompletions) {
    found.items.resize(kMaxCompletions);
    found.complete = false;
  }
  return found;
}

std::string completion_documentation(std::string_view about) {
  const std::size_t colon = about.find(':');
  if (colon == std::string_view::npos) return {};
  const std::string_view format = about.substr(0, colon);
  if (format == "dockerfile") return dockerfile_documentation(about.substr(colon + 1));
  if (format == "compose") return compose_documentation(about.substr(colon + 1));
  if (format == "kubernetes") return kubernetes_documentation(about.substr(colon + 1));
  return {};
}

std::string escaped_for_snippet(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '$' || c == '}' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::optional<TypedVariable> typed_variable(std::string_view text, std::uint32_t offset) {
  TypedVariable typed{{offset, offset}, false};
  while (typed.name.begin > 0 && in_name(text[typed.name.begin - 1])) --typed.name.begin;
  std::uint32_t before = typed.name.begin;
  const bool brace = before > 0 && text[before - 1] == '{';
  if (brace) --before;
  if (before == 0 || text[before - 1] != '$') return std::nullopt;
  // `$$` is a dollar for Compose; `\$` is one for everybody else.
  if (before > 1 && (text[before - 2] == '$' || text[before - 2] == '\\')) return std::nullopt;
  while (typed.name.end < text.size() && in_name(text[typed.name.end])) ++typed.name.end;
  constexpr std::string_view kBehindName = "}:-?+";
  typed.opened =
      brace && (typed.name.end == text.size() || kBehindName.find(text[typed.name.end]) == std::string_view::npos);
  return typed;
}

Completions variable_completions(const TypedVariable& typed, const std::vector<std::string>& names) {
  Completions result{typed.name, {}};
  for (const std::string& name : names) {
    CompletionItem item{.label = name, .kind = CompletionItem::Kind::Variable};
    item.text = name + (typed.opened ? "}" : "");
    result.items.push_back(std::move(item));
  }
  return result;
}

}  // namespace quaymaster
