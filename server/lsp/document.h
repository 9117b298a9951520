#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "quaymaster/analyzer.h"
#include "quaymaster/language.h"
#include "text/line_index.h"

namespace quaymaster::lsp {

struct ConfigurationView;
using SharedConfigurationView = std::shared_ptr<const ConfigurationView>;

/// What counts for a document besides its text: values that do not change.
struct DocumentContext {
  SharedConfigurationView configuration;  ///< where its configuration is looked for; null: the defaults count
  std::shared_ptr<const Surroundings> surroundings;  ///< null: nothing is known of the files around it, or not yet
};

/// One state of an open document and of what counts for it. Immutable: workers hold it by `DocumentSnapshot` while the
/// loop goes on.
struct Document {
  std::string uri;          ///< as the client spelled it; goes back byte for byte
  std::string key;          ///< document_key(uri)
  std::string path;         ///< path_of(uri)
  std::string file;         ///< file_of(uri)
  std::string language_id;  ///< what the client calls its language
  std::optional<std::int64_t> version;
  std::uint64_t revision = 0;  ///< no two snapshots of a server have the same, whatever versions a client gives
  std::string text;
  LineIndex lines{std::string_view()};
  DocumentContext context;
};
using DocumentSnapshot = std::shared_ptr<const Document>;

/// What the document is analysed as; empty: left alone. A client's `dockerfile`, `dockercompose` or `kubernetes` is
/// taken at its word; anything else (`yaml`, `plaintext`) is judged by name and content, so that the answer may change
/// with every edit. Templates of Helm are left alone.
[[nodiscard]] std::optional<Language> language_of(const Document& document);

/// The part of language_of that needs no text: the language that a `languageId` says. Takes the names that editors use:
/// `dockerfile`, `containerfile`, `dockercompose`, `docker-compose`, `yaml.docker-compose`, `compose`, `kubernetes`,
/// `k8s`, `yaml.kubernetes`, in any case.
[[nodiscard]] std::optional<Language> language_of_id(std::string_view language_id);

}  // namespace quaymaster::lsp
