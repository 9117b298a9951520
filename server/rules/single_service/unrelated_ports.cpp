#include <cstdint>
#include <string>
#include <string_view>

#include "model/container/container.h"
#include "rules/rule_context.h"

namespace quaymaster::rules {
extern const Rule unrelated_ports;
namespace {

/// Services by the ports that are theirs. What several services share, or one service needs beside its own, is not
/// here.
struct PortOwner {
  std::uint16_t port;
  std::string_view service;
};
constexpr PortOwner kOwners[] = {
    {21, "FTP"},          {25, "mail"},       {53, "DNS"},          {80, "HTTP"},         {110, "mail"},
    {143, "mail"},        {389, "LDAP"},      {443, "HTTP"},        {465, "mail"},        {587, "mail"},
    {636, "LDAP"},        {993, "mail"},      {995, "mail"},        {1433, "SQL Server"}, {1883, "MQTT"},
    {2181, "ZooKeeper"},  {3306, "MySQL"},    {5432, "PostgreSQL"}, {5672, "RabbitMQ"},   {6379, "Redis"},
    {8080, "HTTP"},       {8443, "HTTP"},     {9042, "Cassandra"},  {9092, "Kafka"},      {9200, "Elasticsearch"},
    {11211, "Memcached"}, {27017, "MongoDB"},
};

std::string_view owner_of(std::uint16_t port) {
  for (const PortOwner& owner : kOwners)
    if (owner.port == port) return owner.service;
  return {};
}

void check_container(const container::Container& container, RuleContext& ctx) {
  if (container.kind != container::Container::Kind::Stage) return;
  const container::PortBinding* first = nullptr;
  for (const container::PortBinding& port : container.ports) {
    const std::string_view owner = owner_of(port.container_port);
    if (owner.empty()) continue;
    if (first == nullptr) {
      first = &port;
      continue;
    }
    const std::string_view other = owner_of(first->container_port);
    if (owner == other) continue;
    ctx.report({.range = port.range,
                .message = "port " + std::to_string(port.container_port) + " is that of " + std::string(owner) +
                           ", port " + std::to_string(first->container_port) + " that of " + std::string(other),
                .related = {{first->range, "the port of another service"}}});
    return;
  }
}

}  // namespace

constinit const Rule unrelated_ports = checked({
    .name = "unrelated-ports",
    .family = Family::SingleService,
    .title = "The image opens ports of services that have nothing to do with each other.",
    .consequence =
        "Whoever runs the image gets a database with the web server, whether one is there already or not. Each has "
        "its own way to be backed up, scaled, updated and watched, and the container can follow only one of them: "
        "when it is replaced, both stop, and when one of them hangs, nobody can restart it without the other.",
    .fine_when = "One program speaks several protocols, and really opens all of these ports.",
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/reference/dockerfile/#expose",
                   "https://docs.docker.com/build/building/best-practices/#decouple-applications"},
    .examples = {{"a web server and a database", "Dockerfile", "FROM debian:12.8\nEXPOSE 80 443 <|3306|>\n"},
                 {"in two instructions", "Dockerfile", "FROM debian:12.8\nEXPOSE 6379\nEXPOSE <|8080/tcp|>\n"},
                 {"several of one kind", "Dockerfile", "FROM debian:12.8\nEXPOSE 80 443 8080 8443 9100\nEXPOSE 3000\n"},
                 {"a stage that does not ship", "Dockerfile",
                  "FROM debian:12.8 AS test\nEXPOSE 3306\nFROM debian:12.8\nEXPOSE 80\n"}},
    .checks = {on(check_container)},
});

}  // namespace quaymaster::rules
