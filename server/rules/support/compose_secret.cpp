#include "rules/support/compose_secret.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "model/image/reference.h"
#include "model/image/well_known.h"
#include "model/yaml/edit.h"
#include "rules/support/message.h"
#include "text/ascii.h"

namespace quaymaster::rules {
namespace {

/// What the pages of the images say: a variable that can be given as a file.
struct FileVariable {
  std::string_view repository;  ///< canonical
  std::string_view name;
};
constexpr FileVariable kFileVariables[] = {
    {"joomla", "JOOMLA_DB_PASSWORD"},
    {"mariadb", "MARIADB_PASSWORD"},
    {"mariadb", "MARIADB_ROOT_PASSWORD"},
    {"mariadb", "MYSQL_PASSWORD"},
    {"mariadb", "MYSQL_ROOT_PASSWORD"},
    {"mongo", "MONGO_INITDB_ROOT_PASSWORD"},
    {"mysql", "MYSQL_PASSWORD"},
    {"mysql", "MYSQL_ROOT_PASSWORD"},
    {"nextcloud", "MYSQL_PASSWORD"},
    {"nextcloud", "NEXTCLOUD_ADMIN_PASSWORD"},
    {"nextcloud", "POSTGRES_PASSWORD"},
    {"pgvector/pgvector", "POSTGRES_PASSWORD"},
    {"postgis/postgis", "POSTGRES_PASSWORD"},
    {"postgres", "POSTGRES_PASSWORD"},
    {"redmine", "REDMINE_DB_PASSWORD"},
    {"wordpress", "WORDPRESS_DB_PASSWORD"},
};

bool reads_file(const compose::Service& service, std::string_view variable) {
  const std::optional<container::ImageUse>& image = service.container.image;
  if (!image || !image->known || service.build) return false;
  const image::WellKnownImage* known = find_well_known(image->reference);
  const std::string name = known != nullptr ? std::string(known->repository) : image->reference.canonical_name();
  return std::ranges::any_of(
      kFileVariables, [&](const FileVariable& each) { return each.repository == name && each.name == variable; });
}

/// The edit of the variable itself: the pair or the item of a list.
std::optional<Edit> edit_of(const container::EnvironmentEntry& entry, const yaml::Document& document,
                            const std::string& path) {
  const std::string name = entry.name + "_FILE";
  if (const yaml::Value item = yaml::value_at(document, entry.item_range); item.is_scalar())
    return yaml::replace_scalar(item, name + "=" + path);
  const bool plain_key = entry.name_range.size() == entry.name.size();
  const bool one_line = slice(document.text(), entry.item_range).find('\n') == std::string_view::npos;
  if (!plain_key || !one_line || !yaml::value_at(document, entry.value_range).is_scalar()) return std::nullopt;
  return Edit::replacement(cover(entry.name_range, entry.value_range), name + ": " + path);
}

}  // namespace

std::optional<Fix> secret_file_fix(const compose::Service& service, const container::EnvironmentEntry& entry) {
  const yaml::Document* document = service.written.document();
  if (document == nullptr || !service.container.place || service.shared || entry.shared) return std::nullopt;
  if (!reads_file(service, entry.name)) return std::nullopt;
  const std::string secret = ascii_lower(entry.name);
  const yaml::Value root = document->root();
  const std::string_view keys[] = {"secrets", secret};
  if (!root.is_mapping() || root.get({"secrets", secret})) return std::nullopt;
  std::optional<Edit> variable = edit_of(entry, *document, "/run/secrets/" + secret);
  std::optional<Edit> use = yaml::append(*service.container.place, {"secrets"}, yaml::NewValue::string(secret));
  std::optional<Edit> declaration =
      yaml::insert(root.place(), keys, yaml::NewValue::mapping({{"environment", yaml::NewValue::string(entry.name)}}));
  if (!variable || !use || !declaration) return std::nullopt;
  Fix fix{"Give " + quoted(entry.name) + " as a secret",
          Applicability::Unsafe,
          {*std::move(variable), *std::move(use), *std::move(declaration)},
          "Compose takes its value from the variable " + entry.name +
              " of the environment that it is started in, or of `.env`; a `file:` does as well. Change the secret "
              "itself too: the history of the repository keeps it."};
  std::ranges::stable_sort(fix.edits, {}, [](const Edit& edit) { return edit.range.begin; });
  for (std::size_t i = 1; i < fix.edits.size(); ++i)
    if (fix.edits[i].range.begin < fix.edits[i - 1].range.end) return std::nullopt;
  return fix;
}

}  // namespace quaymaster::rules
