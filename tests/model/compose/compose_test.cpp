#include "model/compose/compose.h"

#include <optional>
#include <string>

#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

compose::File model(std::string_view text) {
  shell::ScriptParser scripts;
  return compose::model(parse_yaml(text), scripts);
}

/// The model of a file with one service, whose keys are `keys`, each on a line of its own.
compose::File with_service(std::string_view keys) {
  std::string text = "services:\n  web:\n";
  for (std::size_t at = 0; at < keys.size();) {
    const std::size_t end = std::min(keys.find('\n', at), keys.size());
    text += "    " + std::string(keys.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return model(text);
}

std::string text_at(const compose::File& file, TextRange range) {
  return std::string(slice(file.document->text(), range));
}

TEST_CASE("a service is a container") {
  const compose::File file = with_service("image: redis:7\nuser: \"1000:1000\"\nprivileged: true\nread_only: yes\n");
  REQUIRE(file.services.size() == 1);
  const container::Container& web = file.services.front().container;
  CHECK(web.kind == container::Container::Kind::Service);
  CHECK(web.name == "web");
  CHECK(text_at(file, web.name_range) == "web");
  CHECK(web.user->user == "1000");
  CHECK(text_at(file, web.user->range) == "1000:1000");
  CHECK(web.isolation.privileged->value);
  CHECK(web.isolation.read_only_root->value);
  REQUIRE(web.place);
  CHECK(web.place->mapping == file.services.front().value.node());
  CHECK_FALSE(web.builds_image);
  CHECK(file.service("web") == &file.services.front());
  CHECK(file.service("db") == nullptr);
}

TEST_CASE("the parts of an image have places, also through a default") {
  const auto [written, name, tag, literal, known] = GENERATE(table<std::string, std::string, std::string, bool, bool>({
      {"redis:7", "redis", "7", true, true},
      {"'redis:7'", "redis", "7", true, true},
      {"redis", "redis", "", true, true},
      {"redis:${TAG:-7}", "redis", "7", false, true},
      {"redis:${TAG}", "redis", "${TAG}", false, false},
  }));
  CAPTURE(written);
  const compose::File file = with_service("image: " + written);
  const container::ImageUse& image = file.services.front().container.image.value();
  CHECK(text_at(file, image.name_range) == name);
  CHECK((image.tag_range ? text_at(file, *image.tag_range) : "") == tag);
  CHECK(image.literal == literal);
  CHECK(image.known == known);
  CHECK(image.reference.tag == tag);
}

/// `NAME=value` of each variable, `?` for no value, with the text that stands for name and value.
std::string environment(const compose::File& file) {
  std::string out;
  for (const container::EnvironmentEntry& entry : file.services.front().container.environment)
    out += entry.name + "=" + entry.value.value_or("?") + (entry.literal ? "" : "$") + "(" +
           text_at(file, entry.name_range) + "," + text_at(file, entry.value_range) + "," +
           text_at(file, entry.item_range) + ")";
  return out;
}

TEST_CASE("the environment is a list or a mapping") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"environment: [A=b c, B]", "A=b c(A,b c,A=b c)B=?(B,,B)"},
      {"environment:\n  - \"A=x=y\"", "A=x=y(A,x=y,\"A=x=y\")"},
      {"environment:\n  A: b\n  B:\n  C: 5", "A=b(A,b,A: b)B=?(B,,B:)C=5(C,5,C: 5)"},
      {"environment:\n  A: \"$$x\"", "A=$x(A,\"$$x\",A: \"$$x\")"},
      {"environment:\n  - A=${B:-c}", "A=c$(A,c,A=${B:-c})"},
      {"environment: [A=]", "A=(A,,A=)"},
      {"environment: text", ""},
  }));
  CAPTURE(keys);
  CHECK(environment(with_service(keys)) == result);
}

std::string ports(const compose::File& file) {
  constexpr std::string_view kReach[] = {"declared", "loopback", "all"};
  std::string out;
  for (const container::PortBinding& port : file.services.front().container.ports)
    out += std::string(kReach[static_cast<std::size_t>(port.reach)]) + ":" + std::to_string(port.host_port) + ":" +
           std::to_string(port.container_port) + "/" + port.protocol + " ";
  return out;
}

TEST_CASE("ports are normalised") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"ports: ['80']", "all:0:80/tcp "},
      {"ports: [80]", "all:0:80/tcp "},
      {"ports: ['8080:80', '127.0.0.1:53:53/udp']", "all:8080:80/tcp loopback:53:53/udp "},
      {"ports: ['[::1]:1:2']", "loopback:1:2/tcp "},
      {"ports: ['1-2:3-4']", "all:0:0/tcp "},
      {"ports: ['${P:-8080}:80']", "all:8080:80/tcp "},
      {"ports: ['${P}:80']", "declared:0:0/tcp "},
      {"ports:\n  - target: 80\n    published: \"8080\"\n    host_ip: 127.0.0.1", "loopback:8080:80/tcp "},
      {"ports:\n  - {target: 53, protocol: udp}", "all:0:53/udp "},
      {"expose: [80, '90']", "declared:0:80/tcp declared:0:90/tcp "},
  }));
  CAPTURE(keys);
  CHECK(ports(with_service(keys)) == result);
}

std::string mounts(const compose::File& file) {
  constexpr std::string_view kKinds[] = {"named", "anonymous", "host", "memory", "config", "other"};
  std::string out;
  for (const container::Mount& mount : file.services.front().container.mounts)
    out += std::string(kKinds[static_cast<std::size_t>(mount.kind)]) + ":" + mount.source + ":" + mount.target +
           (mount.read_only ? ":ro" : "") + (mount.propagation.empty() ? "" : ":" + mount.propagation) +
           (mount.executable ? ":exec" : "") + (mount.known ? "" : "?") + "(" + text_at(file, mount.source_range) +
           "," + text_at(file, mount.target_range) + ") ";
  return out;
}

TEST_CASE("mounts are normalised") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"volumes: ['db:/data']", "named:db:/data(db,/data) "},
      {"volumes: [/data]", "anonymous::/data(,/data) "},
      {"volumes: ['./x:/data:ro']", "host:./x:/data:ro(./x,/data) "},
      {"volumes: ['${DIR:-./x}:/data']", "host:./x:/data(./x,/data) "},
      {"volumes: ['${DIR}/x:/data']", "host:${DIR}/x:/data?(${DIR}/x,/data) "},
      {"volumes: ['${DIR}:/data']", "other:${DIR}:/data?(${DIR},/data) "},
      {"volumes:\n  - type: bind\n    source: /x\n    target: /y\n    read_only: true", "host:/x:/y:ro(/x,/y) "},
      {"volumes:\n  - {type: volume, source: db, target: /y}", "named:db:/y(db,/y) "},
      {"volumes:\n  - {type: volume, target: /y}", "anonymous::/y(,/y) "},
      {"volumes:\n  - {source: ./x, target: /y}", "host:./x:/y(./x,/y) "},
      {"volumes:\n  - {type: tmpfs, target: /y}", "memory::/y(,/y) "},
      {"tmpfs: /run:size=1m", "memory::/run(,/run) "},
      {"tmpfs: [/run, /tmp]", "memory::/run(,/run) memory::/tmp(,/tmp) "},
      {"tmpfs: ['/run:size=1m,exec', '/tmp:noexec']", "memory::/run:exec(,/run) memory::/tmp(,/tmp) "},
      {"volumes: ['./x:/data:ro,rshared']", "host:./x:/data:ro:rshared(./x,/data) "},
      {"volumes: ['./x:/data:z']", "host:./x:/data(./x,/data) "},
      {"volumes:\n  - {type: bind, source: /x, target: /y, bind: {propagation: slave}}", "host:/x:/y:slave(/x,/y) "},
      {"secrets: [key]", "config:key:/run/secrets/key:ro(key,key) "},
      {"configs:\n  - {source: c, target: /etc/c}", "config:c:/etc/c:ro(c,/etc/c) "},
  }));
  CAPTURE(keys);
  CHECK(mounts(with_service(keys)) == result);
}

/// The programs and words that start, with what they are called by.
std::string starts(const compose::File& file) {
  constexpr std::string_view kRoles[] = {"entrypoint", "command", "post-start", "pre-stop"};
  std::string out;
  for (const container::StartCommand& start : file.services.front().container.start) {
    out += std::string(kRoles[static_cast<std::size_t>(start.role)]) + "(" + text_at(file, start.anchor) + ")";
    for (const shell::Command& command : start.text.script->commands) {
      out += ":";
      for (const shell::Word& word : command.words) out += " " + word.text + (word.literal ? "" : "$");
    }
    out += ";";
  }
  return out;
}

TEST_CASE("start commands") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"command: nginx -g 'daemon off;'", "command(command): nginx -g daemon off;;"},
      {"command: [nginx, -v]", "command(command): nginx -v;"},
      {"command: sh -c \"apt-get update && exec x\"", "command(command): apt-get update: x;"},
      {"command:\n  - sh\n  - -c\n  - |\n    a $$B\n    c", "command(command): a $B$: c;"},
      {"entrypoint: [node]\ncommand: [server.js]", "entrypoint(entrypoint): node server.js;"},
      {"entrypoint: [sh, -c]\ncommand: [\"a; b\"]", "entrypoint(entrypoint): a: b;"},
      {"command: run ${X}", "command(command): run ${X}$;"},
      {"command: run ${X:-y}", "command(command): run y$;"},
      {"command:\nentrypoint: []", ""},
      {"post_start:\n  - command: [a, b]", "post-start(command): a b;"},
  }));
  CAPTURE(keys);
  CHECK(starts(with_service(keys)) == result);
}

TEST_CASE("health checks") {
  using Kind = container::HealthCheck::Kind;
  const auto [keys, kind, command] = GENERATE(table<std::string, Kind, std::string>({
      {"healthcheck: {test: curl -f x || exit 1}", Kind::Health, "curl -f x || exit 1"},
      {"healthcheck:\n  test: [CMD, curl, x]", Kind::Health, "curl x"},
      {"healthcheck:\n  test: [CMD-SHELL, curl x]", Kind::Health, "curl x"},
      {"healthcheck:\n  test: [NONE]", Kind::Disabled, ""},
      {"healthcheck: {disable: true}", Kind::Disabled, ""},
      {"healthcheck: {interval: 5s}", Kind::Health, ""},
  }));
  CAPTURE(keys);
  const compose::File file = with_service(keys);
  const std::vector<container::HealthCheck>& health = file.services.front().container.health;
  REQUIRE(health.size() == 1);
  CHECK(health.front().kind == kind);
  CHECK(text_at(file, health.front().range) == "healthcheck");
  CHECK((health.front().command ? health.front().command->source.text.bytes() : "") == command);
}

TEST_CASE("the walls around a service") {
  const compose::File file = with_service(
      "network_mode: host\npid: host\nipc: shareable\ncap_add: [CAP_NET_ADMIN, sys_time]\ncap_drop: [all]\n"
      "security_opt: ['no-new-privileges:true', 'seccomp:unconfined']\ncpus: 0.5\n"
      "deploy: {resources: {limits: {memory: 1G}, reservations: {cpus: '0.1'}}}");
  const compose::Service& service = file.services.front();
  const container::Isolation& walls = service.container.isolation;
  CHECK(walls.host_network->value);
  CHECK(walls.host_pid->value);
  CHECK_FALSE(walls.host_ipc->value);
  REQUIRE(walls.added.size() == 2);
  CHECK(walls.added[0].name == "NET_ADMIN");
  CHECK(walls.added[1].name == "SYS_TIME");
  CHECK(walls.dropped.at(0).name == "ALL");
  CHECK_FALSE(walls.allow_privilege_escalation->value);
  CHECK(service.security_options.size() == 2);
  CHECK(text_at(file, service.container.resources.memory_limit.value()) == "1G");
  CHECK(text_at(file, service.container.resources.cpu_limit.value()) == "0.5");
  CHECK(text_at(file, service.container.resources.cpu_request.value()) == "0.1");
  CHECK_FALSE(service.container.resources.memory_request);
}

TEST_CASE("Booleans as compose-go takes them") {
  const auto [text, value] = GENERATE(table<std::string, std::optional<bool>>({
      {"true", true},
      {"yes", true},
      {"'true'", true},
      {"\"1\"", true},
      {"T", true},
      {"off", false},
      {"${X:-false}", false},
      {"${X}", std::nullopt},
      {"maybe", std::nullopt},
      {"", std::nullopt},
  }));
  CAPTURE(text);
  const compose::File file = with_service("tty: " + text);
  CHECK(compose::boolean(file.services.front().value.get("tty")) == value);
}

TEST_CASE("builds") {
  const compose::File file = model(
      "services:\n"
      "  a: {build: ./app}\n"
      "  b:\n"
      "    image: x\n"
      "    build: {context: ., dockerfile: D, target: prod, args: {V: '1'}}\n"
      "  c: {image: y}\n");
  REQUIRE(file.services.size() == 3);
  CHECK(file.services[0].build->context->text == "./app");
  CHECK(file.services[0].container.builds_image);
  CHECK_FALSE(file.services[0].container.image);
  CHECK(file.services[1].build->target->text == "prod");
  CHECK(file.services[1].build->dockerfile->text == "D");
  CHECK(file.services[1].container.image->built);
  REQUIRE(file.services[1].container.environment.size() == 1);
  CHECK(file.services[1].container.environment[0].origin == container::EnvironmentEntry::Origin::BuildArgument);
  CHECK_FALSE(file.services[2].build);
}

std::string names(const std::vector<compose::Name>& list) {
  std::string out;
  for (const compose::Name& name : list) out += name.text + " ";
  return out;
}

TEST_CASE("what a service refers to") {
  const compose::File file = with_service(
      "profiles: [dev]\nvolumes: ['data:/d', ./x:/y]\nsecrets: [s, {source: t}]\n"
      "extends: {service: base, file: common.yml}\nlabels: [a=b]\nlogging: {driver: json-file}");
  const compose::Service& service = file.services.front();
  CHECK(names(service.profiles) == "dev ");
  CHECK(names(service.volumes) == "data ");
  CHECK(names(service.secrets) == "s t ");
  CHECK(service.extends->service.text == "base");
  CHECK(service.extends->file->text == "common.yml");
  CHECK_FALSE(service.container.mounts_complete);
  CHECK(service.labels.at(0).name == "a");
  CHECK(service.logging->driver->text == "json-file");
}

TEST_CASE("what a file declares") {
  const compose::File file = model(
      "version: '3'\nname: shop\ninclude: [a.yml, {path: [b.yml]}]\nservices: {a: {image: '$X'}}\n"
      "volumes:\n  data:\n  old: {external: true}\nnetworks: {n: {}}\nx-y: {k: '${Z:-1}'}\n");
  REQUIRE(file.volumes.size() == 2);
  CHECK(file.volume("data")->value.is_null());
  CHECK(file.volume("old")->external);
  CHECK(file.networks.size() == 1);
  CHECK(file.includes.size() == 2);
  CHECK(text_at(file, file.version_range.value()) == "version");
  CHECK(text_at(file, file.name_range.value()) == "shop");
  REQUIRE(file.variables.size() == 2);
  CHECK(file.variables[0].name == "X");
  CHECK(file.variables[1].name == "Z");
  CHECK_FALSE(file.is_v1);
}

TEST_CASE("what fragments bring is shared") {
  const compose::File file = model(
      "x-base: &base\n  image: redis:7\n  environment: &env {A: b}\nservices:\n  a:\n    <<: *base\n    environment:\n"
      "      <<: *env\n      C: d\n  b: *base\n");
  REQUIRE(file.services.size() == 2);
  const container::Container& a = file.services[0].container;
  CHECK(a.image->shared);
  CHECK_FALSE(a.place->shared);
  REQUIRE(a.environment.size() == 2);
  CHECK(a.environment[0].name == "C");
  CHECK_FALSE(a.environment[0].shared);
  CHECK(a.environment[1].shared);
  CHECK(file.services[1].shared);
  CHECK(file.services[1].container.place->shared);
}

TEST_CASE("a service that others extend, and that cannot run, is a template") {
  const compose::File file = model(
      "services:\n  base: {user: app}\n  run: {image: x}\n  a: {extends: base, image: y}\n  b: {extends: {service: "
      "run}}\n");
  CHECK(file.service("base")->container.template_only);
  CHECK_FALSE(file.service("run")->container.template_only);
  CHECK_FALSE(file.service("a")->container.template_only);
}

TEST_CASE("files of the first format are recognised") {
  CHECK(model("web:\n  image: x\ndb:\n  build: .\n").is_v1);
  CHECK_FALSE(model("services:\n  web:\n    image: x\n").is_v1);
  CHECK_FALSE(model("").is_v1);
}

TEST_CASE("texts that are no Compose file give a smaller model") {
  for (const char* text :
       {"", "services:", "services: []", "services: text", "- a", "services:\n  a:\n  b: 5\n  c: []\n",
        "services:\n  a: {image: [], ports: {}, volumes: x, environment: 5, command: {}, build: []}\n"})
    CHECK(model(text).services.size() <= 1);
}

}  // namespace
}  // namespace quaymaster::tests
