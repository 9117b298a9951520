#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/container/container.h"
#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace quaymaster::rules {
extern const Rule baked_endpoint;
namespace {

using container::EnvironmentEntry;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '-' || c == '.' || c == '_';
}

/// Where a service is reached.
struct Endpoint {
  std::string_view scheme;  ///< of a URL; empty for a mere host
  std::string_view host;    ///< without its port; a part of the value
  bool port = false;
  std::string_view path;
};

bool is_ip_address(std::string_view host) {
  return std::count(host.begin(), host.end(), '.') == 3 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// `host` or `host:port`, of several the first.
std::optional<Endpoint> host_and_port(std::string_view text) {
  text = text.substr(0, text.find(','));
  const std::size_t colon = text.find(':');
  Endpoint result{{}, text.substr(0, colon), colon != std::string_view::npos, {}};
  if (result.host.empty() || result.host.front() == '.' ||
      !std::all_of(result.host.begin(), result.host.end(), is_host_letter))
    return std::nullopt;
  if (result.port) {
    const std::string_view port = text.substr(colon + 1);
    if (port.empty() || !std::all_of(port.begin(), port.end(), is_digit)) return std::nullopt;
  }
  const bool letters = std::any_of(result.host.begin(), result.host.end(),
                                   [](char c) { return is_host_letter(c) && !is_digit(c) && c != '.'; });
  if (!letters && !is_ip_address(result.host)) return std::nullopt;
  return result;
}

/// A URL, or what can stand in its place.
std::optional<Endpoint> endpoint_of(std::string_view value) {
  if (value.starts_with("jdbc:")) value.remove_prefix(std::string_view("jdbc:").size());
  const std::size_t separator = value.find("://");
  if (separator == std::string_view::npos) return host_and_port(value);
  const std::string_view rest = value.substr(separator + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#;"), rest.size());
  std::string_view authority = rest.substr(0, end);
  authority.remove_prefix(authority.rfind('@') + 1);  // 0 when there is none
  std::optional<Endpoint> result = host_and_port(authority);
  if (!result) return std::nullopt;
  result->scheme = value.substr(0, separator);
  result->path = rest.substr(end);
  return result;
}

/// The container itself, every address of it, or what is the same for all.
bool is_everywhere(std::string_view host) {
  constexpr std::string_view kNames[] = {"localhost",       "0.0.0.0",         "host.docker.internal",
                                         "169.254.169.254", "255.255.255.255", "example.com"};
  return one_of(kNames, host) || host.starts_with("127.") || host.ends_with(".example.com") ||
         host.ends_with(".localhost") || host.starts_with("__");
}

/// Schemes of what an application needs and an environment has: databases, queues, directories.
bool is_service_scheme(std::string_view scheme) {
  constexpr std::string_view kSchemes[] = {"postgres",
                                           "postgresql",
                                           "mysql",
                                           "mariadb",
                                           "mongodb",
                                           "mongodb+srv",
                                           "redis",
                                           "rediss",
                                           "amqp",
                                           "amqps",
                                           "kafka",
                                           "nats",
                                           "mqtt",
                                           "mqtts",
                                           "ldap",
                                           "ldaps",
                                           "smtp",
                                           "smtps",
                                           "bolt",
                                           "neo4j",
                                           "clickhouse",
                                           "cassandra",
                                           "sqlserver",
                                           "oracle",
                                           "etcd",
                                           "memcached",
                                           "zk",
                                           "elasticsearch",
                                           "couchdb",
                                           "mssql",
                                           "pgsql",
                                           "postgresql+psycopg2",
                                           "postgresql+asyncpg",
                                           "mysql+pymysql",
                                           "tcp"};
  return one_of(kSchemes, scheme);
}

/// A host that only one network knows: a single name, an address, a name that ends as inner ones do, or one that says
/// which environment it belongs to.
bool is_inner_host(std::string_view host) {
  if (host.find('.') == std::string_view::npos || is_ip_address(host)) return true;
  constexpr std::string_view kEndings[] = {".local",
                                           ".internal",
                                           ".lan",
                                           ".corp",
                                           ".svc",
                                           ".intranet",
                                           ".home",
                                           ".rds.amazonaws.com",
                                           ".cache.amazonaws.com",
                                           ".intra",
                                           ".database.windows.net",
                                           ".consul"};
  if (ends_with_any(host, kEndings)) return true;
  constexpr std::string_view kEnvironments[] = {"dev",        "staging", "stage", "prod",
                                                "production", "qa",      "uat",   "preprod"};
  for (std::size_t begin = 0; begin < host.size();) {
    const std::size_t end = std::min(host.find_first_of(".-", begin), host.size());
    // The last label is a top-level domain, of which one is `dev`.
    if (end < host.size() && one_of(kEnvironments, host.substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

/// Names of what is fetched, served or allowed, not of what is called at run time.
bool is_other_purpose(std::string_view name) {
  constexpr std::string_view kParts[] = {
      "download",   "package", "tgz",     "tar",     "zip",     "source",  "dist",    "mirror",   "index",
      "repo",       "regist",  "asc",     "doc",     "version", "release", "archive", "install",  "binar",
      "image",      "trusted", "allowed", "virtual", "bind",    "listen",  "vendor",  "homepage", "website",
      "maintainer", "pip",     "npm",     "goproxy", "sdk",     "dns",     "display", "base_jdk"};
  return contains_any(name, kParts);
}

/// What in the value of a variable called `name` names a host of one environment.
std::optional<Endpoint> baked_host(std::string_view written_name, std::string_view value) {
  constexpr std::string_view kUnknown = "$ \t{}<>%";
  if (value.empty() || value.find_first_of(kUnknown) != std::string_view::npos) return std::nullopt;
  const std::optional<Endpoint> endpoint = endpoint_of(value);
  if (!endpoint) return std::nullopt;
  const std::string host = ascii_lower(endpoint->host);
  const std::string name = ascii_lower(written_name);
  if (is_everywhere(host) || host == name) return std::nullopt;
  if (is_service_scheme(ascii_lower(endpoint->scheme))) return endpoint;
  if (name == "http_proxy" || name == "https_proxy" || name == "all_proxy") return endpoint;
  if (is_other_purpose(name)) return std::nullopt;
  if (endpoint->scheme == "http" || endpoint->scheme == "https" || endpoint->scheme == "ws" ||
      endpoint->scheme == "wss" || endpoint->scheme == "grpc")
    return is_inner_host(host) ? endpoint : std::nullopt;
  if (!endpoint->scheme.empty()) return std::nullopt;
  constexpr std::string_view kHosts[] = {"_host",  "_hostname", "_broker", "_brokers",  "_bootstrap_servers",
                                         "_nodes", "pghost",    "dbhost",  "redishost", "mysqlhost"};
  constexpr std::string_view kAddresses[] = {"_addr",     "_address", "_server", "_servers",
                                             "_endpoint", "_url",     "_uri",    "_upstream"};
  if (ends_with_any(name, kHosts)) return endpoint;
  const bool address = endpoint->port || (is_ip_address(host) && name.find("ip") == std::string::npos);
  return ends_with_any(name, kAddresses) && address ? endpoint : std::nullopt;
}

/// Where the host stands; the whole value when quotes or variables hide that.
TextRange host_range(const EnvironmentEntry& entry, std::string_view host) {
  const std::string& value = *entry.value;
  const auto begin = static_cast<std::uint32_t>(host.data() - value.data());
  const auto surplus = static_cast<std::uint32_t>(entry.value_range.size() - value.size());
  if (!entry.literal || entry.value_range.size() < value.size() || (surplus != 0 && surplus != 2))
    return entry.value_range;
  const std::uint32_t at = entry.value_range.begin + surplus / 2 + begin;
  return {at, at + static_cast<std::uint32_t>(host.size())};
}

std::vector<Fix> set_at_start(std::string_view name) {
  Fix fix{"Set " + quoted(name) + " when the container starts", Applicability::DisplayOnly, {}};
  fix.caveat =
      "Leave the variable out of the image: `environment` of Compose, a ConfigMap or `docker run -e` sets it where the "
      "container runs. A default that works anywhere, such as `localhost`, may stay.";
  return {std::move(fix)};
}

void check_entry(const EnvironmentEntry& entry, RuleContext& ctx) {
  if (ctx.language() != Language::Dockerfile || !entry.value) return;
  const dockerfile::Context* context = ctx.instruction_context();
  const bool argument = entry.origin == EnvironmentEntry::Origin::BuildArgument;
  if (context == nullptr || (!argument && !context->ships)) return;
  const std::optional<Endpoint> endpoint = baked_host(entry.name, *entry.value);
  // What an argument is for is only sure when it is a service.
  if (!endpoint || (argument && !is_service_scheme(ascii_lower(endpoint->scheme)))) return;
  ctx.report({.variant = "variable",
              .range = host_range(entry, endpoint->host),
              .message = quoted(entry.name) + " ties the image to the host " + quoted(endpoint->host, 28),
              .fixes = set_at_start(entry.name)});
}

/// The parts of `s/pattern/replacement/`, with what is escaped as it is meant.
std::optional<std::pair<std::string, std::string>> substitution(std::string_view text) {
  if (text.size() < 4 || text.front() != 's' || is_host_letter(text[1]) || text[1] == '\\') return std::nullopt;
  std::string parts[2];
  std::size_t part = 0;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] == text[1]) {
      if (++part == 2) return std::pair(std::move(parts[0]), std::move(parts[1]));
      continue;
    }
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    parts[part] += text[i];
  }
  return std::nullopt;
}

/// The host that takes the place of the local one.
std::string replaced_local_host(std::string_view sed_script) {
  const auto parts = substitution(sed_script);
  if (!parts) return {};
  const auto& [pattern, replacement] = *parts;
  for (const std::string_view local : {"localhost", "127.0.0.1"}) {
    const std::size_t at = pattern.find(local);
    if (at == std::string::npos) continue;
    const std::string_view before = std::string_view(pattern).substr(0, at);
    const std::string_view after = std::string_view(pattern).substr(at + local.size());
    if (replacement.size() <= before.size() + after.size() || !replacement.starts_with(before) ||
        !replacement.ends_with(after))
      continue;
    std::string host = replacement.substr(before.size(), replacement.size() - before.size() - after.size());
    const std::optional<Endpoint> endpoint = endpoint_of(host);
    if (endpoint && !is_everywhere(endpoint->host)) return std::string(endpoint->host);
  }
  return {};
}

void check_run(const dockerfile::BuildScript& build, RuleContext& ctx) {
  if (!stays_in_image(build)) return;
  for (const shell::Command& command : build.text.script->commands) {
    if (command.name() != "sed") continue;
    for (const shell::Word& word : command.words) {
      const std::string host = word.literal ? replaced_local_host(word.text) : std::string();
      if (host.empty()) continue;
      ctx.report({.variant = "edited-file",
                  .range = build.text.in_file(word.range),
                  .message = "the build writes the host " + quoted(host, 28) + " into a file, for every environment"});
    }
  }
}

}  // namespace

constinit const Rule baked_endpoint = checked({
    .name = "baked-endpoint",
    .family = Family::Configuration,
    .title = "The image has the address of another service in it.",
    .consequence =
        "The image that was tested is started in production, where nobody has set `DATABASE_URL`, because in tests "
        "nobody had to. It does not fail: it finds the test database, which both networks can reach, and writes a "
        "night's orders into it.",
    .fine_when =
        "The image is for one network only and never leaves it, such as that of a benchmark, or the address is the "
        "same in every environment.",
    .variants = {{.name = "variable",
                  .summary = "A variable names the host of a database, a queue or another service.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile},
                 {.name = "edited-file",
                  .summary = "The build puts a host's name in the place of `localhost` in a file.",
                  .severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://12factor.net/config", "https://docs.docker.com/compose/how-tos/environment-variables/",
                   "https://kubernetes.io/docs/concepts/configuration/configmap/"},
    .examples =
        {{"a database", "Dockerfile",
          "FROM node:22.11\nENV DATABASE_URL=postgres://shop@<|db.shop.internal|>:5432/shop\nENV REDIS_HOST "
          "\"<|cache|>\"\n"},
         {"addresses", "Dockerfile",
          "FROM node:22.11\nENV API_URL=http://<|10.0.3.7|>:8080/v1 PAYMENT_URL=\"https://<|pay.staging.shop.eu|>\"\n"
          "ENV KAFKA_BROKERS=<|kafka-1|>:9092,kafka-2:9092\nENV HTTP_PROXY=http://<|proxy.corp|>:3128\n"},
         {"a default of an argument", "Dockerfile",
          "FROM node:22.11\nARG DATABASE_URL=mysql://<|db|>/shop\nENV DATABASE_URL=<|$DATABASE_URL|>\n"},
         {"a file that the build edits", "Dockerfile",
          "FROM debian:12.8\nRUN sed -i <|'s/host: localhost/host: db.shop.internal/'|> /etc/shop.yml\n"},
         {"this container, all of its addresses, and what is public", "Dockerfile",
          "FROM node:22.11\nENV REDIS_URL=redis://localhost:6379/0 SERVER_HOST=0.0.0.0 DB_HOST=${DB_HOST}\n"
          "ENV NODE_DOWNLOAD_URL=https://mirror.internal/node.tgz OPENAI_URL=https://api.openai.com/v1\n"
          "ENV JAVA_VERSION=8.0.112.3 ASPNETCORE_URLS=http://+:8080 CONTAINERD_ADDRESS=/run/containerd.sock\n"
          "RUN sed -i 's/listen localhost/listen 0.0.0.0/' /etc/shop.yml\n"},
         {"a stage that does not ship", "Dockerfile",
          "FROM node:22.11 AS test\nENV DB_HOST=db\nRUN npm test\nFROM node:22.11-slim\n"}},
    .checks = {on(check_entry), on(check_run)},
});

}  // namespace quaymaster::rules
