#include "architecture/source_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <optional>
#include <utility>

namespace quaymaster::tests {
namespace {

/// In the order of the arrow: a layer includes what stands before it. `cli` holds the program, which starts the server.
constexpr std::array<std::string_view, 9> kLayers = {"text",     "syntax",    "model", "rules", "analysis",
                                                     "features", "workspace", "lsp",   "cli"};
constexpr std::size_t kFirstImpureLayer = 7;

/// The public headers, with the layer that implements them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kPublicHeaders = {{
    {"text.h", "text"},
    {"static_list.h", "text"},
    {"language.h", "model"},
    {"fix.h", "rules"},
    {"diagnostic.h", "rules"},
    {"rule.h", "rules"},
    {"config.h", "rules"},
    {"analyzer.h", "analysis"},
}};

/// What the pure layers may take from the standard library: values, containers, algorithms. What is not here starts a
/// thread, opens a file, reads a clock, prints, or is <regex>. <atomic> is here for the stop flag, which is only read.
constexpr std::array kPureHeaders = std::to_array<std::string_view>({
    "algorithm",   "array",     "atomic",        "bit",           "cassert",          "cctype",      "charconv",
    "climits",     "cmath",     "compare",       "concepts",      "cstddef",          "cstdint",     "cstdlib",
    "cstring",     "deque",     "exception",     "functional",    "initializer_list", "iterator",    "limits",
    "list",        "map",       "memory",        "new",           "numeric",          "optional",    "queue",
    "ranges",      "set",       "span",          "stdexcept",     "string",           "string_view", "tuple",
    "type_traits", "typeindex", "unordered_map", "unordered_set", "utility",          "variant",     "vector",
});

constexpr std::array<std::string_view, 8> kFamilies = {
    "immutability", "single_service", "configuration",     "state",
    "isolation",    "parity",         "bill_of_materials", "correctness"};

template <class Range>
bool contains(const Range& range, std::string_view value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

std::optional<std::size_t> layer_named(std::string_view name) {
  const auto found = std::ranges::find(kLayers, name);
  if (found == kLayers.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kLayers.begin());
}

std::optional<std::size_t> layer_of_public_header(std::string_view name) {
  const auto found = std::ranges::find(kPublicHeaders, name, &std::pair<std::string_view, std::string_view>::first);
  return found == kPublicHeaders.end() ? std::nullopt : layer_named(found->second);
}

/// The layer of a path as it stands behind `#include "`: "text/utf8.h", "quaymaster/rule.h".
std::optional<std::size_t> layer_of_include(std::string_view included) {
  if (included.starts_with("quaymaster/")) return layer_of_public_header(included.substr(11));
  return layer_named(included.substr(0, included.find('/')));
}

/// The layer of a file of the project; empty for tests and other code without one.
std::optional<std::size_t> layer_of_file(std::string_view path) {
  if (path.starts_with("server/")) return layer_of_include(path.substr(7));
  if (path.starts_with("include/")) return layer_of_include(path.substr(8));
  return std::nullopt;
}

/// The text with comments and literals blanked, so that words in them are not taken for code. Lines stay where they
/// are.
std::string code_only(std::string_view text) {
  std::string out(text);
  const auto blank = [&](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min(end, out.size()); ++i)
      if (out[i] != '\n') out[i] = ' ';
    return std::min(end, out.size());
  };
  const auto behind = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string_view::npos ? text.size() : found + mark.size();
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("//")) {
      i = blank(i, std::min(text.find('\n', i), text.size()));
    } else if (rest.starts_with("/*")) {
      i = blank(i, behind("*/", i + 2));
    } else if (rest.starts_with("R\"")) {
      const std::size_t open = std::min(text.find('(', i), text.size());
      const std::string close = ")" + std::string(text.substr(i + 2, open - i - 2)) + "\"";
      i = blank(i, behind(close, open));
    } else if (rest.front() == '"' || (rest.front() == '\'' && (i == 0 || std::isalnum(text[i - 1]) == 0))) {
      std::size_t end = i + 1;
      while (end < text.size() && text[end] != rest.front() && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
      i = blank(i, end + 1);
    } else {
      ++i;
    }
  }
  return out;
}

struct Include {
  std::string_view name;
  bool system = false;
};

/// The directive `#include` of a line, if it is one.
std::optional<Include> include_of(std::string_view line) {
  if (!line.starts_with("#include ")) return std::nullopt;
  const std::size_t open = line.find_first_of("<\"");
  if (open == std::string_view::npos) return std::nullopt;
  const bool system = line[open] == '<';
  const std::size_t close = line.find(system ? '>' : '"', open + 1);
  if (close == std::string_view::npos) return std::nullopt;
  return Include{line.substr(open + 1, close - open - 1), system};
}

/// What is wrong with an include in a file of `layer`; empty when it is allowed.
std::string complaint(std::size_t layer, const Include& include) {
  const std::string who(kLayers[layer]);
  if (include.system) {
    if (layer >= kFirstImpureLayer) return {};
    if (include.name == "tree_sitter/api.h" && who == "syntax") return {};
    if (contains(kPureHeaders, include.name)) return {};
    return who + " may not include <" + std::string(include.name) + ">: it is not pure";
  }
  const std::optional<std::size_t> target = layer_of_include(include.name);
  const std::string what = "\"" + std::string(include.name) + "\"";
  if (!target) return who + " may not include " + what + ": it belongs to no layer";
  if (*target > layer)
    return who + " may not include " + what + ": " + std::string(kLayers[*target]) + " is right of it";
  if (who == "rules" && include.name.starts_with("syntax/")) return "a rule sees values of the model, not " + what;
  if (who == "rules" && include.name.starts_with("rules/") &&
      contains(kFamilies, include.name.substr(6, include.name.rfind('/') - 6)))
    return "a rule does not know other rules: " + what;
  return {};
}

/// "server/rules/state/x.cpp" → "state"; empty for files of the layer itself.
std::string_view rule_folder(std::string_view path) {
  constexpr std::string_view kPrefix = "server/rules/";
  if (!path.starts_with(kPrefix)) return {};
  const std::string_view rest = path.substr(kPrefix.size());
  const std::size_t slash = rest.find('/');
  return slash == std::string_view::npos ? std::string_view{} : rest.substr(0, slash);
}

}  // namespace

std::string to_string(const std::vector<Violation>& violations) {
  std::string out;
  for (const Violation& v : violations) out += v.path + ":" + std::to_string(v.line) + ": " + v.message + "\n";
  return out;
}

std::vector<Violation> check_source(std::string_view path, std::string_view text) {
  std::vector<Violation> violations;
  const auto report = [&](std::size_t line, std::string message) {
    violations.push_back({std::string(path), line, std::move(message)});
  };

  const std::optional<std::size_t> layer = layer_of_file(path);
  if (!layer && (path.starts_with("server/") || path.starts_with("include/")))
    report(0, "the file belongs to no layer");
  const std::string_view folder = rule_folder(path);
  if (!folder.empty() && folder != "support" && !contains(kFamilies, folder))
    report(0, "the folder of a rule is its family, and there is no family '" + std::string(folder) + "'");

  const std::string code = code_only(text);
  bool pragma_once = false;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view code_line = std::string_view(code).substr(begin, end - begin);
    ++number;
    // The name in quotes is a literal to `code_only`: whether the line is code is asked there, the name is read here.
    if (layer && code_line.starts_with("#include"))
      if (const auto include = include_of(text.substr(begin, end - begin)))
        if (std::string message = complaint(*layer, *include); !message.empty()) report(number, std::move(message));
    if (code_line.find("using namespace") != std::string_view::npos) report(number, "no `using namespace`");
    pragma_once = pragma_once || code_line.starts_with("#pragma once");
    begin = end + 1;
  }
  if (path.ends_with(".h") && !pragma_once) report(0, "a header starts with `#pragma once`");
  return violations;
}

}  // namespace quaymaster::tests
