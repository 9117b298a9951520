#include "features/completion/compose_words.h"

#include <algorithm>
#include <array>

#include "model/schema/schema.h"

namespace quaymaster {
namespace {

/// Whether `path` is "services/*/networks/-": '*' stands for one name.
bool matches(std::span<const std::string_view> path, std::string_view pattern) {
  for (const std::string_view part : path) {
    const std::size_t slash = std::min(pattern.find('/'), pattern.size());
    const std::string_view expected = pattern.substr(0, slash);
    if (expected.empty() || (expected != "*" && expected != part)) return false;
    pattern.remove_prefix(std::min(slash + 1, pattern.size()));
  }
  return pattern.empty();
}

/// Where things are said by name, and the key at the top that declares them.
struct Declared {
  std::string_view pattern;
  std::string_view section;
  bool ends_at_colon = false;
};
constexpr auto kDeclared = std::to_array<Declared>({
    {"services/*/depends_on", "services"},
    {"services/*/depends_on/-", "services"},
    {"services/*/extends", "services"},
    {"services/*/extends/service", "services"},
    {"services/*/links/-", "services", true},
    {"services/*/volumes_from/-", "services", true},
    {"services/*/networks", "networks"},
    {"services/*/networks/-", "networks"},
    {"services/*/volumes/-", "volumes", true},
    {"services/*/volumes/-/source", "volumes"},
    {"services/*/secrets/-", "secrets"},
    {"services/*/secrets/-/source", "secrets"},
    {"services/*/build/secrets/-", "secrets"},
    {"services/*/build/secrets/-/source", "secrets"},
    {"services/*/configs/-", "configs"},
    {"services/*/configs/-/source", "configs"},
    {"services/*/credential_spec/config", "configs"},
    {"services/*/models", "models"},
    {"services/*/models/-", "models"},
});

struct Values {
  std::string_view pattern;
  std::string_view words;  ///< one behind the other, with a blank between them
};
constexpr std::string_view kCapabilities =
    "ALL NET_BIND_SERVICE CHOWN SETUID SETGID DAC_OVERRIDE FOWNER KILL SETPCAP NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE "
    "SETFCAP NET_ADMIN SYS_ADMIN SYS_PTRACE SYS_TIME SYS_NICE SYS_RESOURCE IPC_LOCK DAC_READ_SEARCH NET_BROADCAST "
    "SYS_MODULE SYS_RAWIO SYSLOG BPF PERFMON";
constexpr std::string_view kPlatforms =
    "linux/amd64 linux/arm64 linux/arm/v7 linux/386 linux/ppc64le linux/s390x linux/riscv64";
constexpr auto kValues = std::to_array<Values>({
    {"services/*/restart", "unless-stopped always on-failure no"},
    {"services/*/pull_policy", "always missing never build daily weekly"},
    {"services/*/network_mode", "none host bridge"},
    {"services/*/pid", "host"},
    {"services/*/ipc", "shareable private host none"},
    {"services/*/uts", "host"},
    {"services/*/userns_mode", "host"},
    {"services/*/cgroup", "private host"},
    {"services/*/isolation", "default process hyperv"},
    {"services/*/runtime", "runc nvidia runsc kata"},
    {"services/*/stop_signal", "SIGTERM SIGINT SIGQUIT SIGHUP SIGUSR1 SIGKILL"},
    {"services/*/platform", kPlatforms},
    {"services/*/build/platforms/-", kPlatforms},
    {"services/*/cap_add/-", kCapabilities},
    {"services/*/cap_drop/-", kCapabilities},
    {"services/*/security_opt/-", "no-new-privileges:true seccomp=unconfined apparmor=unconfined label=disable"},
    {"services/*/depends_on/*/condition", "service_healthy service_started service_completed_successfully"},
    {"services/*/volumes/-/type", "volume bind tmpfs npipe cluster image"},
    {"services/*/volumes/-/bind/propagation", "rprivate private rshared shared rslave slave"},
    {"services/*/volumes/-/bind/selinux", "z Z"},
    {"services/*/ports/-/mode", "host ingress"},
    {"services/*/ports/-/protocol", "tcp udp"},
    {"services/*/env_file/-/format", "raw"},
    {"services/*/logging/driver", "json-file local journald syslog fluentd gelf awslogs gcplogs splunk none"},
    {"services/*/healthcheck/test/-", "CMD CMD-SHELL NONE"},
    {"services/*/develop/watch/-/action", "sync rebuild restart sync+restart sync+exec"},
    {"services/*/deploy/mode", "replicated global replicated-job global-job"},
    {"services/*/deploy/endpoint_mode", "vip dnsrr"},
    {"services/*/deploy/restart_policy/condition", "any on-failure none"},
    {"services/*/deploy/update_config/order", "start-first stop-first"},
    {"services/*/deploy/update_config/failure_action", "rollback pause continue"},
    {"services/*/deploy/rollback_config/order", "start-first stop-first"},
    {"services/*/deploy/rollback_config/failure_action", "pause continue"},
    {"services/*/gpus", "all"},
    {"networks/*/driver", "bridge overlay macvlan ipvlan host none"},
    {"networks/*/ipam/driver", "default"},
    {"volumes/*/driver", "local"},
});

schema::Node node_at(std::span<const std::string_view> path) {
  std::vector<std::string_view> keys(path.begin(), path.end());
  std::ranges::replace(keys, std::string_view("-"), std::string_view("[]"));
  return schema::descend(schema::compose(), keys);
}

void add_new(std::vector<std::string_view>& words, std::string_view word) {
  if (std::ranges::find(words, word) == words.end()) words.push_back(word);
}

}  // namespace

std::vector<SchemaKey> compose_keys(std::span<const std::string_view> path) {
  std::vector<SchemaKey> keys = schema_keys(node_at(path));
  if (path.empty()) std::erase_if(keys, [](const SchemaKey& key) { return key.name == "version"; });
  return keys;
}

std::vector<std::string_view> compose_values(std::span<const std::string_view> path) {
  std::vector<std::string_view> words;
  const auto* const found = std::ranges::find_if(kValues, [&](const Values& of) { return matches(path, of.pattern); });
  for (std::string_view rest = found == kValues.end() ? std::string_view() : found->words; !rest.empty();) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const schema::Node node = node_at(path);
  for (const std::string_view choice : node.choices()) add_new(words, choice);
  if (node.kinds().has(schema::Kind::Boolean)) {
    add_new(words, "true");
    add_new(words, "false");
  }
  return words;
}

std::string_view compose_declared_in(std::span<const std::string_view> path) {
  for (const Declared& of : kDeclared)
    if (matches(path, of.pattern)) return of.section;
  return {};
}

bool compose_name_ends_at_colon(std::span<const std::string_view> path) {
  return std::ranges::any_of(kDeclared,
                             [&](const Declared& of) { return of.ends_at_colon && matches(path, of.pattern); });
}

std::string compose_documentation(std::string_view path) {
  std::vector<std::string_view> keys;
  for (std::string_view rest = path; !rest.empty();) {
    const std::size_t end = std::min(rest.find('/'), rest.size());
    keys.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (keys.empty()) return {};
  const std::string_view name = keys.back();
  keys.pop_back();
  const auto property = node_at(keys).property(name);
  if (!property) return {};
  std::string out(property->description);
  if (!property->default_value.empty())
    out += std::string(out.empty() ? "" : "\n\n") + "Default: `" + std::string(property->default_value) + "`";
  return out;
}

}  // namespace quaymaster
