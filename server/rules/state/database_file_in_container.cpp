#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/message.h"
#include "rules/support/paths.h"
#include "rules/support/start_text.h"
#include "text/ascii.h"

namespace quaymaster::rules {
extern const Rule database_file_in_container;
namespace {

/// Whether it is the name of a file of SQLite, and not, say, of a host.
bool ends_like_database(std::string_view path) {
  for (const std::string_view end : {".sqlite", ".sqlite3", ".sqlitedb"})
    if (path.ends_with(end) && path.size() > end.size()) return true;
  return path.find('/') != std::string_view::npos && (path.ends_with(".db") || path.ends_with(".db3"));
}

bool names_database(std::string_view name) {
  const std::string lower = ascii_lower(name);
  return lower.find("sqlite") != std::string::npos || lower.find("database") != std::string::npos ||
         lower.starts_with("db_") || lower.ends_with("_db") || lower.find("_db_") != std::string::npos;
}

/// The file in a URL such as `sqlite:///data/app.db`, `sqlite+aiosqlite:////data/app.db`, `jdbc:sqlite:app.db`.
std::optional<std::string_view> file_of_url(std::string_view value) {
  std::size_t begin = value.find("sqlite");
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t colon = value.find(':', begin);
  if (colon == std::string_view::npos || (begin > 0 && value.substr(0, begin) != "jdbc:")) return std::nullopt;
  if (value.substr(begin, colon - begin).find_first_of("/ ") != std::string_view::npos) return std::nullopt;
  std::string_view path = value.substr(colon + 1);
  path = path.substr(0, path.find('?'));
  // Three slashes stand before a relative path for some libraries and before an absolute one for others; relative says
  // less.
  if (path.starts_with("///") && !path.starts_with("////")) path.remove_prefix(3);
  while (path.starts_with("//")) path.remove_prefix(1);
  return path;
}

/// The file of a database that `name=value` says; empty when it says none.
std::optional<std::string_view> database_file(std::string_view name, std::string_view value) {
  if (value.find(":memory:") != std::string_view::npos || value.find("mode=memory") != std::string_view::npos ||
      value.find('$') != std::string_view::npos)
    return std::nullopt;
  std::optional<std::string_view> path = file_of_url(value);
  if (!path && names_database(name) && ends_like_database(value)) {
    if (value.starts_with("file:")) value.remove_prefix(std::string_view("file:").size());
    path = value;
  }
  if (!path || path->size() < 2 || path->starts_with("/tmp/") || path->starts_with("/dev/")) return std::nullopt;
  return path;
}

std::string_view variant_of(const RuleContext& ctx) {
  return ctx.language() == Language::Dockerfile ? "image" : "container";
}

std::string message_of(std::string_view path) {
  return quoted(path, 40) + " is in the container: gone with it, and nobody else's";
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.template_only || is_development_path(ctx.path())) return;
  for (const container::EnvironmentEntry& entry : container.environment) {
    if (!entry.value || !entry.literal) continue;
    const std::optional<std::string_view> path = database_file(entry.name, *entry.value);
    if (path && !may_be_mounted(*path, container))
      ctx.report({.variant = variant_of(ctx), .range = entry.value_range, .message = message_of(*path)});
  }
  for (const container::StartCommand* start : start_texts(container))
    for (const shell::Command& command : start->text.script->commands)
      for (const shell::Word& word : command.words) {
        const std::size_t url = word.text.find("sqlite:///");
        if (url == std::string::npos || !word.literal) continue;
        const auto path = database_file({}, std::string_view(word.text).substr(url));
        if (path && !may_be_mounted(*path, container))
          ctx.report(
              {.variant = variant_of(ctx), .range = start->text.in_file(word.range), .message = message_of(*path)});
      }
}

}  // namespace

constinit const Rule database_file_in_container = checked({
    .name = "database-file-in-container",
    .family = Family::State,
    .title = "A database is a file of the container, and no volume keeps it.",
    .consequence =
        "The new version is rolled out, the old container is removed, and with it the SQLite file that held all "
        "accounts: the service starts with an empty database, and nobody notices until the first user tries to log "
        "in. And with two replicas each has a database of its own.",
    .fine_when = "The file is a cache that can be made anew, or it is part of the image and only read.",
    .variants = {{.name = "container",
                  .summary = "A service or a pod keeps a database file where nothing is mounted.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Compose | Language::Kubernetes},
                 {.name = "image",
                  .summary = "An image keeps a database file where it declares no volume.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/engine/storage/volumes/", "https://www.sqlite.org/whentouse.html"},
    .examples =
        {{"a database of a service", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    environment:\n      - "
          "DATABASE_URL=<|sqlite:////data/app.db|>\n"},
         {"a file by its name", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    environment:\n      DB_PATH: <|/app/shop.sqlite3|>\n"},
         {"a volume", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    environment:\n      DATABASE_URL: sqlite:///data/app.db\n"
          "    volumes:\n      - data:/data\nvolumes:\n  data:\n"},
         {"a database in memory", "compose.yaml",
          "services:\n  app:\n    image: shop/app:1.4.2\n    environment:\n      DATABASE_URL: \"sqlite://:memory:\"\n"
          "      DB_HOST: shop.db\n      NAME: a.db\n"},
         {"in the image", "Dockerfile", "FROM python:3.13.0\nENV DATABASE_URL=<|sqlite:///app.db|>\n"},
         {"an argument", "pod.yaml",
          "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: "
          "shop/web:3.1.0\n      args: [server, <|--store=sqlite:////var/lib/web.db|>]\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
