#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/compose/compose.h"
#include "model/compose/ports.h"
#include "model/yaml/edit.h"
#include "rules/rule_context.h"
#include "rules/support/development.h"
#include "rules/support/development_service.h"
#include "rules/support/message.h"

namespace quaymaster::rules {
extern const Rule port_on_all_interfaces;
namespace {

struct KnownPort {
  std::uint16_t number;
  std::string_view variant;
  std::string_view speaks;
};

/// What listens behind these ports nearly always. Where a number has several uses, it is not here.
constexpr std::array kKnown{
    KnownPort{1433, "database", "SQL Server"},  KnownPort{1521, "database", "Oracle"},
    KnownPort{2345, "debugger", "a debugger"},  KnownPort{2375, "admin", "the Docker API"},
    KnownPort{2376, "admin", "the Docker API"}, KnownPort{2379, "database", "etcd"},
    KnownPort{3050, "database", "Firebird"},    KnownPort{3306, "database", "MySQL"},
    KnownPort{5005, "debugger", "a debugger"},  KnownPort{5432, "database", "PostgreSQL"},
    KnownPort{5678, "debugger", "a debugger"},  KnownPort{5984, "database", "CouchDB"},
    KnownPort{6333, "database", "Qdrant"},      KnownPort{6379, "database", "Redis"},
    KnownPort{7687, "database", "Neo4j"},       KnownPort{8529, "database", "ArangoDB"},
    KnownPort{9042, "database", "Cassandra"},   KnownPort{9200, "database", "Elasticsearch"},
    KnownPort{9229, "debugger", "a debugger"},  KnownPort{9300, "database", "Elasticsearch"},
    KnownPort{11211, "database", "Memcached"},  KnownPort{26257, "database", "CockroachDB"},
    KnownPort{27017, "database", "MongoDB"},    KnownPort{28015, "database", "RethinkDB"},
    KnownPort{33060, "database", "MySQL"},
};

/// Images that administer a database or the engine in a browser.
bool is_admin_tool(const compose::Service& service) {
  if (!service.container.image || !service.container.image->known) return false;
  constexpr std::string_view kTools[] = {
      "phpmyadmin",   "adminer",     "pgadmin4",     "mongo-express",      "redis-commander",
      "redisinsight", "portainer",   "portainer-ce", "portainer-ee",       "dockge",
      "yacht",        "cloudbeaver", "pgweb",        "elasticsearch-head", "kafka-ui",
      "dozzle"};
  return std::ranges::find(kTools, service.container.image->reference.base_name()) != std::end(kTools);
}

bool is_unspecified(std::string_view ip) {
  constexpr std::string_view kAll[] = {"", "0.0.0.0", "::", "*", "::0", "0:0:0:0:0:0:0:0", "::ffff:0.0.0.0"};
  return std::ranges::find(kAll, ip) != std::end(kAll);
}

const KnownPort* known_port(const compose::Service& service, const compose::Port& port) {
  const std::optional<std::uint16_t> number = compose::single_port(port.container);
  if (!number || port.protocol != "tcp") return nullptr;
  const auto* known = std::ranges::find(kKnown, *number, &KnownPort::number);
  if (known == kKnown.end()) return nullptr;
  // Debuggers look at one's own programs; in ready-made images these numbers mean anything.
  return known->variant == "debugger" && !service.container.builds_image ? nullptr : known;
}

std::optional<Edit> loopback_edit(const yaml::Value& item, const compose::Port& port) {
  if (item.is_mapping()) {
    const yaml::Value address = item.get("host_ip");
    if (!address) return yaml::insert(item.place(), {"host_ip"}, yaml::NewValue::plain("127.0.0.1"));
    const bool quoted = address.content_range() != address.range();
    return quoted ? yaml::replace_scalar(address, "127.0.0.1") : yaml::replace_with_plain(address, "127.0.0.1");
  }
  const std::optional<std::string_view> text = item.string();
  if (!text || slice(item.document()->text(), port.range) != *text) return std::nullopt;
  if (port.host_ip.empty()) {
    // Without a port of the host the engine takes any: `127.0.0.1::80`.
    const bool starts_with_address = text->starts_with(':');
    if (starts_with_address) return std::nullopt;
    return Edit::insertion(port.range.begin, port.host.empty() ? "127.0.0.1::" : "127.0.0.1:");
  }
  const std::string written = text->starts_with('[') ? "[" + port.host_ip + "]" : port.host_ip;
  if (!text->starts_with(written + ":")) return std::nullopt;
  return Edit::replacement({port.range.begin, port.range.begin + static_cast<std::uint32_t>(written.size())},
                           "127.0.0.1");
}

void report(const compose::Service& service, const compose::Port& port, const yaml::Value& item, RuleContext& ctx) {
  const KnownPort* known = known_port(service, port);
  const std::string name = quoted(service.name, 16);
  const std::string where = " to every network of the host";
  const std::string port_of_host = port.host.empty() ? ", on a free port" : ", port " + quoted(port.host, 12);
  Report report{.variant = "other", .range = port.range, .message = name + " is open" + where + port_of_host};
  const bool to_develop = is_development_path(ctx.path()) || is_for_development(service);
  if (known != nullptr && known->variant == "debugger" && to_develop) known = nullptr;
  if (known != nullptr) {
    report.variant = known->variant;
    report.message = name + " opens the port of " + std::string(known->speaks) + where + port_of_host;
  } else if (is_admin_tool(service)) {
    report.variant = "admin";
    report.message = name + " opens its administration" + where + port_of_host;
  }
  const bool shared = !service.container.place || service.container.place->shared || port.shared;
  if (std::optional<Edit> edit = shared ? std::nullopt : loopback_edit(item, port))
    report.fixes = {{"Bind it to 127.0.0.1",
                     Applicability::Unsafe,
                     {*std::move(edit)},
                     "Other machines no longer reach it; for them put a reverse proxy in front, or name an address."}};
  std::vector<std::string_view> aliases{"compose-lint:CL-0005", "kics:container-traffic-not-bound-to-host-interface"};
  if (port.host_ip.empty()) aliases.emplace_back("dclint:no-unbound-port-interfaces");
  report.aliases = std::move(aliases);
  ctx.report(std::move(report));
}

/// A variable that is called a port says which; that there is no address is known.
void report_unknown(const compose::Service& service, const compose::Port& port, RuleContext& ctx) {
  ctx.report(
      {.variant = "other",
       .range = port.range,
       .message = quoted(service.name, 16) + " is open to every network of the host, on a port from the environment",
       .aliases = std::vector<std::string_view>{"compose-lint:CL-0005"}});
}

void check_service(const compose::Service& service, RuleContext& ctx) {
  if (service.has_foreign_network() || service.has_provider) return;
  const std::vector<yaml::Element> items = service.value.get("ports").items();
  std::size_t at = 0;  // the ports stand in the order of the items, some of which are no ports
  for (const compose::Port& port : service.ports) {
    while (at < items.size() && items[at].value.content_range() != port.range) ++at;
    if (at == items.size()) return;
    if (port.known && is_unspecified(port.host_ip)) report(service, port, items[at].value, ctx);
    if (port.unknown_number) report_unknown(service, port, ctx);
  }
}

consteval StaticList<Alias, 24> peers() {
  return {{Language::Compose, "compose-lint:CL-0005"},
          {Language::Compose, "dclint:no-unbound-port-interfaces"},
          {Language::Compose, "kics:container-traffic-not-bound-to-host-interface"}};
}

constexpr StaticList<PresetEntry, kPresetCount> kRecommended = {{Preset::Recommended, Severity::Warning},
                                                                {Preset::Strict, Severity::Warning}};

}  // namespace

constinit const Rule port_on_all_interfaces = checked({
    .name = "port-on-all-interfaces",
    .family = Family::Isolation,
    .title = "A port is open on every network interface of the host.",
    .consequence = "The database is published as `5432:5432`, so that a tool on the server can reach it. The engine "
                   "writes its rules "
                   "for packets before those of ufw, which says that only SSH is open; a scanner finds the port within "
                   "the hour, and "
                   "the password in the file was `postgres`.",
    .fine_when = "The port is meant for everybody, such as that of a web server or of a reverse proxy.",
    .fix = FixAvailability::Sometimes,
    .variants = {{.name = "database",
                  .summary = "A database, a cache or a search engine.",
                  .severity = Severity::Warning,
                  .presets = kRecommended,
                  .aliases = peers(),
                  .languages = Language::Compose},
                 {.name = "admin",
                  .summary = "What administers databases or the engine itself.",
                  .severity = Severity::Warning,
                  .presets = kRecommended,
                  .aliases = peers(),
                  .languages = Language::Compose},
                 {.name = "debugger",
                  .summary = "A debugger, outside of files for development.",
                  .severity = Severity::Warning,
                  .presets = kRecommended,
                  .aliases = peers(),
                  .languages = Language::Compose},
                 {.name = "other",
                  .summary = "Any other port.",
                  .severity = Severity::Information,
                  .presets = {{Preset::Strict, Severity::Information}},
                  .aliases = peers(),
                  .languages = Language::Compose}},
    .references = {"https://docs.docker.com/engine/network/port-publishing/#publishing-ports",
                   "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw"},
    .examples =
        {{"a database", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    ports:\n      - <|5432:5432|>  # for the tool\n"
          "      - \"<|0.0.0.0:15432:5432|>\"\n",
          "services:\n  db:\n    image: postgres:17.2\n    ports:\n      - 127.0.0.1:5432:5432  # for the tool\n"
          "      - \"127.0.0.1:15432:5432\"\n"},
         {"the long syntax", "compose.yaml",
          "services:\n  cache:\n    image: redis:7.4.1\n    ports:\n      - <|target: 6379\n        published: "
          "\"6379\"|>\n"
          "      - <|{target: 6379, published: 6380, host_ip: 0.0.0.0}|>\n",
          "services:\n  cache:\n    image: redis:7.4.1\n    ports:\n      - target: 6379\n        published: \"6379\"\n"
          "        host_ip: 127.0.0.1\n      - {target: 6379, published: 6380, host_ip: 127.0.0.1}\n"},
         {"a web server, and a port that the engine chooses", "compose.yaml",
          "services:\n  web:\n    image: web:1.4.2\n    ports: [\"<|8080:80|>\", <|3000|>, '<|[::]:90:90|>']\n",
          "services:\n  web:\n    image: web:1.4.2\n    ports: [\"127.0.0.1:8080:80\", 127.0.0.1::3000, "
          "'127.0.0.1:90:90']\n"},
         {"a port from a default", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4.3\n    ports:\n      - \"<|${PORT:-3306}:3306|>\"\n",
          "services:\n  db:\n    image: mysql:8.4.3\n    ports:\n      - \"127.0.0.1:${PORT:-3306}:3306\"\n"},
         {"ports from the environment", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4.3\n    ports:\n      - \"<|${DB_PORT:?which}:3306|>\"\n      - "
          "<|$PORT|>\n"},
         {"in the network of another", "compose.yaml",
          "services:\n  db:\n    image: mysql:8.4.3\n    network_mode: container:proxy\n    ports: [\"3306:3306\"]\n"},
         {"a tool that administers", "compose.yaml",
          "services:\n  admin:\n    image: adminer:4.8.1\n    ports:\n      - <|8080:8080|>\n",
          "services:\n  admin:\n    image: adminer:4.8.1\n    ports:\n      - 127.0.0.1:8080:8080\n"},
         {"a debugger", "compose.yaml", "services:\n  api:\n    build: .\n    ports:\n      - <|9229:9229|>\n",
          "services:\n  api:\n    build: .\n    ports:\n      - 127.0.0.1:9229:9229\n"},
         {"ports that several services share are not edited", "compose.yaml",
          "x-base: &base\n  image: redis:7.4.1\n  ports: [\"<|6379:6379|>\"]\nservices:\n  a:\n    <<: *base\n"},
         {"bound, for services only, of the host, and what nobody knows", "compose.yaml",
          "services:\n  db:\n    image: postgres:17.2\n    ports:\n      - 127.0.0.1:5432:5432\n      - "
          "\"[::1]:5433:5432\"\n"
          "      - 10.0.0.5:5434:5432\n      - ${BIND}:5435:5432\n      - ${HERE}:5432\n    expose: [5432]\n  agent:\n"
          "    image: agent:1.0.3\n    network_mode: host\n    ports: [\"9100:9100\"]\n"}},
    .checks = {on(check_service)},
});

}  // namespace quaymaster::rules
