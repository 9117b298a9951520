#include "lsp/file_handlers.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "features/links/links.h"
#include "features/navigation/navigation.h"
#include "lsp/protocol.h"
#include "lsp/uri.h"
#include "quaymaster/config.h"
#include "workspace/bounded_files.h"
#include "workspace/path.h"

namespace quaymaster::lsp {
namespace {

/// The files around, for one answer.
class Around {
 public:
  explicit Around(const FilesAround& around) : around_(around), files_(*around.disk, around.folders) {}

  [[nodiscard]] DocumentSnapshot open(std::string_view path) const {
    const auto found = std::ranges::find(around_.open, path, [](const DocumentSnapshot& each) { return each->file; });
    return found == around_.open.end() ? nullptr : *found;
  }
  /// Empty: not known.
  [[nodiscard]] std::optional<bool> is_file(const std::string& path) const {
    if (open(path)) return true;
    if (!files_.covers(path)) return std::nullopt;
    return files_.kind(path) == workspace::FileKind::Regular;
  }
  /// As a document; null when it cannot be read.
  [[nodiscard]] DocumentSnapshot read(const std::string& path) const {
    if (DocumentSnapshot document = open(path)) return document;
    auto text = files_.read(path, workspace::kFoundFileLimit);
    auto* bytes = std::get_if<std::string>(&text);
    if (bytes == nullptr) return nullptr;
    auto document = std::make_shared<Document>();
    document->uri = uri_of_file(path);
    document->path = path;
    document->file = path;
    document->text = std::move(*bytes);
    document->lines = LineIndex(document->text);
    return document;
  }
  [[nodiscard]] std::string uri(const std::string& path) const {
    const DocumentSnapshot document = open(path);
    return document ? document->uri : uri_of_file(path);
  }

 private:
  const FilesAround& around_;
  workspace::BoundedFiles files_;
};

/// Where a link of the document leads; empty for one that is no file.
std::string target_of(const Link& link, const Document& document) {
  if (link.page || document.file.empty()) return {};
  return workspace::resolved(workspace::parent(document.file), link.target);
}

/// `from` is the language of the file that says the name.
std::optional<TextRange> declaration_in(const Document& document, const DeclaredName& name, Language from) {
  const Analyzer analyzer{RuleSet()};
  const Language language = name.kind == Name::Kind::Stage ? Language::Dockerfile : from;
  const Analysis analysis =
      analyzer.analyze({document.path, language, document.text}, resolve_layers(analyzer.rules(), {}).settings);
  return declaration(analysis, name);
}

Json place_in(const Document& document, TextRange range, const Client& client) {
  return Json::array({{{"uri", document.uri}, {"range", RangeWriter(document, client.encoding)(range)}}});
}

/// Where the variable at `offset` is set, if the file still says so.
Json variable_definition(const Analysis& analysis, std::uint32_t offset, const Client& client, const Around& around) {
  const std::optional<FarPlace> place = variable_source(analysis, offset);
  const DocumentSnapshot file = place ? around.read(place->path) : nullptr;
  if (!file || place->range.end > file->text.size()) return {};
  return place_in(*file, place->range, client);
}

/// What the link at `offset` leads to, if it is there.
Json far_definition(const Analysis& analysis, std::uint32_t offset, const Document& document, const Client& client,
                    const Around& around) {
  for (const Link& link : links(analysis)) {
    const std::string path = link.range.touches(offset) ? target_of(link, document) : std::string();
    if (path.empty() || !around.is_file(path).value_or(false)) continue;
    if (link.name)
      if (const DocumentSnapshot file = around.read(path))
        if (const auto range = declaration_in(*file, *link.name, analysis.source.language))
          return place_in(*file, *range, client);
    const Json begin = {{"line", 0}, {"character", 0}};
    return Json::array({{{"uri", around.uri(path)}, {"range", {{"start", begin}, {"end", begin}}}}});
  }
  return {};
}

}  // namespace

AnswerFrom document_link_request(const Json&, DocumentSnapshot document, const Client& client, FilesAround around) {
  return [document = std::move(document), client, around = std::move(around)](const Analysis& analysis) -> Outcome {
    const Around files(around);
    RangeWriter ranges(*document, client.encoding);
    Json list = Json::array();
    for (const Link& link : links(analysis)) {
      if (link.name) continue;
      std::string target = link.target;
      if (!link.page) {
        const std::string path = target_of(link, *document);
        if (path.empty() || !files.is_file(path).value_or(true)) continue;
        target = files.uri(path);
      }
      list.push_back({{"range", ranges(link.range)}, {"target", std::move(target)}});
    }
    return list;
  };
}

AnswerFrom definition_request(const Json& params, DocumentSnapshot document, const Client& client, FilesAround around) {
  const std::optional<std::uint32_t> offset = read_place(params, *document, client);
  return [document = std::move(document), client, offset,
          around = std::move(around)](const Analysis& analysis) -> Outcome {
    if (!offset) return Json();
    const std::vector<TextRange> places = definition(analysis, *offset);
    if (!places.empty()) return place_in(*document, places.front(), client);
    const Around files(around);
    if (Json place = variable_definition(analysis, *offset, client, files); !place.is_null()) return place;
    return far_definition(analysis, *offset, *document, client, files);
  };
}

}  // namespace quaymaster::lsp
