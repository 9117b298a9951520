#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/dockerfile/file.h"
#include "rules/rule_context.h"
#include "rules/support/build_step.h"
#include "rules/support/message.h"
#include "rules/support/package_commands.h"
#include "rules/support/server_package.h"

namespace quaymaster::rules {
extern const Rule several_server_packages;
namespace {

struct Server {
  std::string_view name;
  std::string package;
  TextRange range;  ///< absolute
};

/// The servers that the image gets, the first package of each.
std::vector<Server> servers_of(const dockerfile::BuildFile& build) {
  std::vector<Server> servers;
  for (const dockerfile::BuildFile::Step& step : build.steps) {
    if (!stays_in_image(step.script) || step.script.run.triggered) continue;
    const std::uint32_t begin = build.file.instructions[step.index].begin;
    for (const PackageCommand& use : package_commands(step.script)) {
      if (use.call.operation != packages::Operation::Install || !packages::is_system(use.call.manager)) continue;
      for (const packages::Package& package : use.call.packages) {
        const std::string_view server = server_of_package(package.name);
        const bool known =
            std::any_of(servers.begin(), servers.end(), [&](const Server& other) { return other.name == server; });
        if (!server.empty() && !known)
          servers.push_back({server, package.name, step.script.text.in_file(package.name_range).shifted(begin)});
      }
    }
  }
  return servers;
}

void check_file(const dockerfile::BuildFile& build, RuleContext& ctx) {
  const std::vector<Server> servers = servers_of(build);
  if (servers.size() < 2) return;
  const Server& first = servers.front();
  const Server& second = servers[1];
  std::string message = quoted(second.package, 26) + " is installed beside " + quoted(first.package, 26);
  if (servers.size() > 2) message += ", and it is not the last";
  Report report{.range = second.range, .message = std::move(message)};
  report.related.push_back({first.range, quoted(first.package) + " is installed here"});
  for (std::size_t i = 2; i < servers.size(); ++i)
    report.related.push_back({servers[i].range, quoted(servers[i].package) + " is installed, too"});
  ctx.report(std::move(report));
}

}  // namespace

constinit const Rule several_server_packages = checked({
    .name = "several-server-packages",
    .family = Family::SingleService,
    .title = "The image has several servers installed.",
    .consequence =
        "The database and the web server come as one. A security fix for the one restarts the other, a second web "
        "server for the evening would bring a second database with data of its own, and when the database dies, the "
        "container stays up, because the process that is watched is the web server.",
    .fine_when = "Only one of them is started, and the other is there for a tool that its package brings along.",
    .variants = {{.severity = Severity::Warning,
                  .presets = {{Preset::Recommended, Severity::Warning}, {Preset::Strict, Severity::Warning}},
                  .languages = Language::Dockerfile}},
    .references = {"https://docs.docker.com/build/building/best-practices/#decouple-applications",
                   "https://docs.docker.com/engine/containers/multi-service_container/"},
    .examples = {{"a web server and an interpreter", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get update && apt-get install -y nginx <|php8.2-fpm|> curl\n"},
                 {"in two steps", "Dockerfile",
                  "FROM rockylinux:9.3\nRUN dnf install -y httpd\nRUN dnf install -y <|mariadb-server|> redis\n"},
                 {"clients and tools", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y nginx postgresql-client redis-tools apache2-utils\n"},
                 {"parts of one server", "Dockerfile",
                  "FROM debian:12.8\nRUN apt-get install -y nginx-light nginx && apt-get install -y php-cli\n"},
                 {"a stage that does not ship", "Dockerfile",
                  "FROM debian:12.8 AS test\nRUN apt-get install -y postgresql redis\nFROM debian:12.8\n"
                  "RUN apt-get install -y nginx\n"}},
    .checks = {on(check_file)},
});

}  // namespace quaymaster::rules
