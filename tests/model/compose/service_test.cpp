#include <string>

#include "model/compose/compose.h"
#include "model/yaml/support.h"
#include "support/catch.h"

namespace quaymaster::tests {
namespace {

compose::File with_service(const std::string& keys) {
  shell::ScriptParser scripts;
  return compose::model(parse_yaml("services: {web: {" + keys + "}}\n"), scripts);
}

std::string text(const std::optional<compose::Text>& value) { return value ? value->text : "-"; }

TEST_CASE("depends_on in both syntaxes") {
  constexpr std::string_view kConditions[] = {"started", "healthy", "completed", "unknown"};
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"depends_on: [a, b]", "a started b started "},
      {"depends_on: {a: {condition: service_healthy}}", "a healthy(service_healthy) "},
      {"depends_on: {a: {condition: service_completed_successfully, required: false}}",
       "a completed(service_completed_successfully) optional "},
      {"depends_on: {a: {condition: '${C}'}, b: {}}", "a unknown(${C}) b started "},
      {"depends_on: {a: {condition: '${C:-service_healthy}'}}", "a healthy(${C:-service_healthy}) "},
      {"depends_on: text", "text started "},
  }));
  CAPTURE(keys);
  const compose::File file = with_service(keys);
  std::string out;
  for (const compose::Dependency& each : file.services.front().depends_on) {
    out += each.service.text + " " + std::string(kConditions[static_cast<std::size_t>(each.condition)]);
    if (each.condition_range) out += "(" + std::string(slice(file.document->text(), *each.condition_range)) + ")";
    out += each.required ? " " : " optional ";
  }
  CHECK(out == result);
}

TEST_CASE("networks and env files in both syntaxes") {
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"networks: [a, b]", "a b "},
      {"networks: {a: {aliases: [x, y], ipv4_address: 10.0.0.2}, b: }", "a=x=y@10.0.0.2 b "},
      {"env_file: .env", ".env "},
      {"env_file: [a.env, {path: b.env, required: false, format: raw}]", "a.env b.env?raw "},
  }));
  CAPTURE(keys);
  const compose::File file = with_service(keys);
  const compose::Service& service = file.services.front();
  std::string out;
  for (const compose::NetworkUse& use : service.networks) {
    out += use.network.text;
    for (const std::string& alias : use.aliases) out += "=" + alias;
    out += use.ipv4_address ? "@" + use.ipv4_address->text + " " : " ";
  }
  for (const compose::EnvFile& each : service.env_files)
    out += each.path.text + (each.required ? "" : "?") + (each.raw ? "raw " : " ");
  CHECK(out == result);
}

TEST_CASE("settings that only Compose has") {
  const compose::File file = with_service(
      "runtime: runc, stop_signal: SIGINT, working_dir: /app, mac_address: '02:42:ac:11:65:43', cgroup_parent: p, "
      "isolation: default, device_cgroup_rules: ['c 1:3 mr'], devices: ['/dev/a:/dev/b', {source: /dev/c}], "
      "external_links: [redis], models: {llm: {endpoint_var: X}}, tty: true, stdin_open: false, init: 'yes', "
      "use_api_socket: true, oom_kill_disable: true, scale: 2, deploy: {replicas: 3, restart_policy: {condition: "
      "any}}, provider: {type: awesome}, logging: {driver: syslog, options: {max-size: 1m}}, "
      "pre_stop: [{command: x, user: root, privileged: true}], develop: {watch: [{action: sync, path: ./a, target: "
      "/b}]}");
  const compose::Service& service = file.services.front();
  CHECK(text(service.runtime) == "runc");
  CHECK(text(service.stop_signal) == "SIGINT");
  CHECK(text(service.working_dir) == "/app");
  CHECK(text(service.mac_address) == "02:42:ac:11:65:43");
  CHECK(text(service.cgroup_parent) == "p");
  CHECK(text(service.isolation) == "default");
  CHECK(service.device_cgroup_rules.at(0).text == "c 1:3 mr");
  CHECK(service.devices.at(0).text == "/dev/a:/dev/b");
  CHECK(service.devices.at(1).text == "/dev/c");
  CHECK(service.external_links.at(0).text == "redis");
  CHECK(service.models.at(0).text == "llm");
  CHECK(service.tty->value);
  CHECK_FALSE(service.stdin_open->value);
  CHECK(service.init->value);
  CHECK(service.use_api_socket->value);
  CHECK(service.oom_kill_disable->value);
  CHECK(text(service.replicas) == "3");
  CHECK(text(service.restart_condition) == "any");
  CHECK(service.has_provider);
  CHECK(text(service.logging->driver) == "syslog");
  CHECK(service.logging->options.at(0).name == "max-size");
  CHECK(service.hooks.at(0).moment == compose::Hook::Moment::PreStop);
  CHECK(text(service.hooks.at(0).user) == "root");
  CHECK(service.hooks.at(0).privileged == true);
  CHECK(text(service.watch.at(0).action) == "sync");
  CHECK(text(service.watch.at(0).target) == "/b");
  CHECK(text(with_service("scale: 2").services.front().replicas) == "2");
}

TEST_CASE("guards that are switched off, and kernel parameters") {
  constexpr std::string_view kGuards[] = {"seccomp", "apparmor", "selinux", "masked-paths"};
  const auto [keys, result] = GENERATE(table<std::string, std::string>({
      {"security_opt: ['seccomp:unconfined', 'apparmor=unconfined']", "seccomp apparmor "},
      {"security_opt: ['label:disable', 'systempaths=unconfined']", "selinux masked-paths "},
      {"security_opt: ['seccomp:./profile.json', 'label:user:x', 'no-new-privileges', 'seccomp:${X}']", ""},
      {"sysctls: {net.core.somaxconn: 1024}", "net.core.somaxconn "},
      {"sysctls: [kernel.msgmax=1]", "kernel.msgmax "},
  }));
  CAPTURE(keys);
  const compose::File file = with_service(keys);
  const container::Isolation& walls = file.services.front().container.isolation;
  std::string out;
  for (const auto& each : walls.switched_off) out += std::string(kGuards[static_cast<std::size_t>(each.guard)]) + " ";
  for (const auto& each : walls.sysctls) out += each.name + " ";
  CHECK(out == result);
}

TEST_CASE("a file that is not whole") {
  const auto [text, file_complete, service_complete] = GENERATE(table<std::string, bool, bool>({
      {"services: {web: {image: x}}", true, true},
      {"services: {web: {build: .}}", true, true},
      {"services: {web: {provider: {type: x}}}", true, true},
      {"services: {web: {restart: always}}", false, false},
      {"services: {web: }", false, false},
      {"services: {web: {extends: {file: a.yml, service: b}}}", true, false},
      {"services: {web: {extends: b}, b: {image: x}}", true, true},
      {"services: {web: {extends: b, image: x}}", true, false},
      {"services: {web: {extends: b}, b: {extends: {file: a.yml, service: b}}}", true, false},
      {"include: [a.yml]\nservices: {web: {image: x}}", false, true},
  }));
  CAPTURE(text);
  shell::ScriptParser scripts;
  const compose::File file = compose::model(parse_yaml(text), scripts);
  CHECK(file.complete == file_complete);
  CHECK(file.services.at(0).container.complete == service_complete);
}

}  // namespace
}  // namespace quaymaster::tests
