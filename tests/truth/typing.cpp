#include "truth/typing.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <utility>

#include "model/yaml/document.h"
#include "model/yaml/value.h"
#include "syntax/dockerfile_segments.h"
#include "syntax/tree.h"
#include "syntax/yaml_documents.h"

namespace quaymaster::tests {
namespace {

std::vector<TypedLine> cases(std::initializer_list<const char*> lines, std::initializer_list<const char*> excepted) {
  std::vector<TypedLine> result;
  for (const char* line : lines) result.push_back({line});
  for (const char* line : excepted) result.push_back({.line = line, .excepted = true});
  return result;
}

/// Some of `all`, evenly spread.
template <class Item>
std::vector<Item> spread(const std::vector<Item>& all, std::size_t number) {
  std::vector<Item> result;
  const std::size_t taken = std::min(number, all.size());
  for (std::size_t i = 0; i < taken; ++i) result.push_back(all[i * all.size() / taken]);
  return result;
}

struct Instruction {
  std::string kind;
  TextRange range;
  friend auto operator<=>(const Instruction&, const Instruction&) = default;
};

std::vector<Instruction> instructions_of(std::string_view text, syntax::Parser& parser) {
  std::vector<Instruction> result;
  const syntax::DockerfileSegments cut = syntax::dockerfile_segments(text);
  const std::string directive = cut.escape == '`' ? "# escape=`\n" : "";
  for (const syntax::DockerfileSegment& segment : cut.segments) {
    if (segment.kind != syntax::DockerfileSegment::Kind::Instruction) continue;
    const std::string buffer = directive + std::string(slice(text, segment.range));
    const std::optional<syntax::Tree> tree = parser.parse(buffer);
    if (!tree) continue;
    for (const syntax::Node& node : tree->root().named_children())
      if (node.kind().ends_with("_instruction"))
        result.push_back({std::string(node.kind()),
                          {node.range().begin + segment.range.begin - static_cast<std::uint32_t>(directive.size()),
                           node.range().end + segment.range.begin - static_cast<std::uint32_t>(directive.size())}});
  }
  return result;
}

/// A key with the keys above it, and where it stands.
struct KeyPath {
  std::uint32_t at = 0;
  std::string path;
  friend auto operator<=>(const KeyPath&, const KeyPath&) = default;
};

struct Keys {
  std::set<KeyPath> paths;
  std::vector<std::uint32_t> begin_lines;  ///< the offsets of keys with nothing but blanks before them
  bool problems = false;
};

Keys keys_of(std::string_view text, syntax::Parser& parser) {
  Keys keys;
  for (const TextRange range : syntax::yaml_documents(text)) {
    const auto document = yaml::parse_document(slice(text, range), parser);
    keys.problems = keys.problems || !document->problems().empty();
    std::vector<std::pair<const yaml::Node*, std::string>> open{{document->root().node(), ""}};
    while (!open.empty()) {
      const auto [node, path] = std::move(open.back());
      open.pop_back();
      for (const yaml::Item& item : node->items) open.emplace_back(item.value, path + "/-");
      for (const yaml::Pair& pair : node->pairs) {
        const std::uint32_t at = range.begin + pair.range.begin;
        const std::string own = path + "/" + pair.name();
        open.emplace_back(pair.value, own);
        if (node->flow) continue;
        keys.paths.insert({at, own});
        const std::size_t line = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
        if (text.substr(line, at - line).find_first_not_of(' ') == std::string_view::npos)
          keys.begin_lines.push_back(at);
      }
    }
  }
  std::ranges::sort(keys.begin_lines);
  return keys;
}

}  // namespace

std::vector<TypedLine> dockerfile_lines() {
  return cases({"FROM",
                "FROM ",
                "FROM a AS",
                "FROM a AS ",
                "FROM a:",
                "RU",
                "RUN",
                "RUN ",
                "RUN --mount=",
                "RUN --mount=type=",
                "RUN --mount=type=cache,",
                "COPY",
                "COPY ",
                "COPY a",
                "COPY a ",
                "COPY --from=",
                "COPY --from=x ",
                "COPY --chown=a:b a b",
                "ENV",
                "ENV ",
                "ENV A",
                "ENV A=",
                "ENV A=\"x",
                "ENV A=$",
                "ENV A=${",
                "ENV A=b C",
                "LABEL",
                "LABEL a",
                "LABEL a=",
                "LABEL a=\"b",
                "ARG",
                "ARG A=",
                "EXPOSE",
                "EXPOSE 80/",
                "HEALTHCHECK",
                "HEALTHCHECK ",
                "HEALTHCHECK --interval=",
                "HEALTHCHECK CMD",
                "ONBUILD",
                "ONBUILD RU",
                "CMD",
                "CMD [",
                "CMD [\"a",
                "CMD [\"a\",",
                "CMD [\"a\", \"b\"",
                "ENTRYPOINT",
                "SHELL",
                "SHELL [",
                "VOLUME",
                "WORKDIR",
                "WORKDIR /$",
                "USER",
                "USER a:",
                "STOPSIGNAL",
                "ADD",
                "RUN [ -f x ] && y",
                "# comment",
                "#",
                "RUN echo 'x"},
               {"RUN a \\", "RUN <<EOF", "COPY <<EOF /x"});
}

std::vector<TypedLine> yaml_lines() {
  return cases({"key",
                "key:",
                "key: ",
                "image: ngin",
                "key: \"abc",
                "key: 'abc",
                "key: [a, b",
                "key: [",
                "key: {a: b",
                "key: {",
                "-",
                "- ",
                "- a",
                "key: -",
                "key: &",
                "key: &a",
                "key: *",
                "key: |",
                "key: >-",
                "\tkey: v",
                "key: a: b",
                "key: @x",
                "key: `x",
                "key: %x",
                "key: !",
                "<<:",
                "<<: *nope",
                "?",
                ":",
                ": v",
                "# comment",
                "key:v",
                "\"key",
                "\"key\"",
                "\"key\":",
                "key: ${X",
                "key: ${X:-y}",
                "key: $(x",
                "key: {{ .Values.x }}",
                "key: \"{{ .Values.x }}\"",
                "{{- if .Values.x }}",
                "{{ include \"x\" . }}",
                "{{/* c */}}",
                "key: 5.",
                "key: 2026-",
                "key: \"a\" b",
                "key: 'it's",
                " key: v",
                "key: v\n   deeper: v",
                "---",
                "..."},
               {});
}

std::size_t type_into_dockerfile(std::string_view text, std::size_t places, std::vector<TypedLine>& lines) {
  syntax::Parser parser(syntax::Grammar::Dockerfile);
  const std::vector<Instruction> before = instructions_of(text, parser);
  if (before.size() < 2) return 0;
  const std::vector<Instruction> chosen = spread(std::vector(before.begin() + 1, before.end()), places);
  for (const Instruction& next : chosen) {
    for (TypedLine& typed : lines) {
      const std::string line = typed.line + "\n";
      const std::size_t at = text.rfind('\n', next.range.begin) + 1;
      const std::string changed = std::string(text.substr(0, at)) + line + std::string(text.substr(at));
      const std::vector<Instruction> after = instructions_of(changed, parser);
      const std::set<Instruction> found(after.begin(), after.end());
      for (Instruction instruction : before) {
        if (instruction.range.begin >= at)
          instruction.range = instruction.range.shifted(static_cast<std::uint32_t>(line.size()));
        ++typed.expected;
        typed.kept += found.count(instruction);
      }
    }
  }
  return chosen.size();
}

std::size_t type_into_yaml(std::string_view text, std::size_t places, std::vector<TypedLine>& lines) {
  syntax::Parser parser(syntax::Grammar::Yaml);
  const Keys before = keys_of(text, parser);
  if (before.problems || before.begin_lines.size() < 4) return 0;
  const std::vector<std::uint32_t> chosen =
      spread(std::vector(before.begin_lines.begin() + 1, before.begin_lines.end()), places);
  for (const std::uint32_t key : chosen) {
    const std::size_t at = text.rfind('\n', key) + 1;
    const std::string blanks(key - at, ' ');
    for (TypedLine& typed : lines) {
      std::string line = typed.line;
      if (!line.starts_with('\t') && line != "---" && line != "...") {
        line = blanks + line;
        if (const std::size_t second = line.find('\n'); second != std::string::npos) line.insert(second + 1, blanks);
      }
      line += '\n';
      const std::string changed = std::string(text.substr(0, at)) + line + std::string(text.substr(at));
      const Keys after = keys_of(changed, parser);
      for (const KeyPath& path : before.paths) {
        if (path.at < at) continue;
        ++typed.expected;
        typed.kept += after.paths.count({path.at + static_cast<std::uint32_t>(line.size()), path.path});
      }
    }
  }
  return chosen.size();
}

std::string table_of(const std::vector<TypedLine>& lines) {
  std::string out;
  for (const TypedLine& typed : lines) {
    std::string shown;
    for (const char c : typed.line) shown += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
    shown.resize(std::max<std::size_t>(shown.size(), 28), ' ');
    char figures[64];
    std::snprintf(figures, sizeof figures, "%8zu of %8zu  %6.2f %%", typed.kept, typed.expected, 100 * typed.share());
    out += shown + figures + (typed.excepted ? "  (by the rules of the format)" : "") + "\n";
  }
  return out;
}

}  // namespace quaymaster::tests
