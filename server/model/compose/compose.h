#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/compose/interpolation.h"
#include "model/container/container.h"
#include "model/shell/script_parser.h"
#include "model/yaml/document.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

/// A Compose file as compose-go reads it (compose-spec), with short and long syntax normalised. All ranges are in its
/// YAML document. Values stay readable as YAML through `value`.
namespace quaymaster::compose {

/// A name that is said somewhere, with its place: a profile, a dependency, a network in use, a volume declared.
struct Name {
  std::string text;
  TextRange range;
  bool literal = true;
  bool shared = false;
};

/// `build` of a service, in either syntax.
struct Build {
  TextRange key_range;
  yaml::Value value;
  std::optional<Text> context;
  std::optional<Text> dockerfile;
  bool dockerfile_inline = false;
  std::optional<Text> target;
  std::vector<container::EnvironmentEntry> arguments;  ///< origin BuildArgument
};

/// `extends` of a service.
struct Extends {
  Name service;
  std::optional<Text> file;  ///< empty: this file
};

/// An item of `depends_on`, in either syntax.
struct Dependency {
  enum class Condition : std::uint8_t { Started, Healthy, Completed, Unknown };
  Name service;
  Condition condition = Condition::Started;
  std::optional<TextRange> condition_range;  ///< the value of `condition`
  bool required = true;
};

/// An item of `env_file`, in either syntax.
struct EnvFile {
  Text path;
  bool required = true;
  bool raw = false;  ///< `format: raw`: no interpolation
};

/// What a service says of a network that it is in.
struct NetworkUse {
  Name network;
  std::vector<std::string> aliases;
  std::optional<Text> ipv4_address, ipv6_address;
};

/// `logging` of a service.
struct Logging {
  TextRange key_range;
  std::optional<Text> driver;
  std::vector<container::EnvironmentEntry> options;  ///< name and value of each option
};

/// A command of `post_start` or `pre_stop` is among `container.start`; here is what belongs to it.
struct Hook {
  enum class Moment : std::uint8_t { PostStart, PreStop };
  Moment moment = Moment::PostStart;
  TextRange range;
  std::optional<Text> user;
  std::optional<bool> privileged;
  bool shared = false;
};

/// A rule of `develop.watch`.
struct WatchRule {
  std::optional<Text> action, path, target;
};

/// One published or exposed port, or range of ports.
struct Port {
  TextRange range;        ///< the value of the item
  std::string host_ip;    ///< without brackets; empty when not written
  std::string host;       ///< "8080", "8000-8010"; empty when Compose chooses
  std::string container;  ///< "80", "8000-8010"
  std::string protocol = "tcp";
  bool literal = true;
  bool known = true;  ///< false: a variable decides, or it is malformed
  /// Not known, but only because of variables that are called ports: there is no address.
  bool unknown_number = false;
  bool shared = false;
};

/// A service, with what it extends in the same file: that is `shared`, as what a merge key brings, but is merged as
/// compose-spec says (13-merge.md). `container` holds what containers of all formats have in common: image, start
/// commands (an entrypoint and a command together are one start command of role Entrypoint whose script has the words
/// of both), environment, user, mounts (volumes, tmpfs, configs, secrets), ports, resources, health check, isolation,
/// the place for new keys, which is always the mapping of the service itself.
struct Service {
  container::Container container;
  std::string name;
  TextRange name_range;  ///< the key
  bool shared = false;   ///< the service as a whole stands behind an alias or a merge key
  yaml::Value value;     ///< the mapping, for keys that are not modelled; merged: no place for edits
  yaml::Value written;   ///< the mapping as it stands in the file, without what it extends

  std::optional<Build> build;
  std::optional<Extends> extends;
  std::vector<Dependency> depends_on;
  std::vector<NetworkUse> networks;
  std::vector<EnvFile> env_files;
  std::vector<Name> profiles, secrets, configs, volumes_from, links, external_links, models;
  std::vector<Port> ports;    ///< `ports`, not `expose`
  std::vector<Name> volumes;  ///< the named volumes in use
  std::optional<Text> network_mode, pid, ipc, uts, userns_mode, cgroup, restart, container_name, hostname, pull_policy,
      platform, runtime, stop_signal, working_dir, mac_address, cgroup_parent, isolation;
  std::vector<Text> security_options, devices, device_cgroup_rules;
  std::vector<container::EnvironmentEntry> labels;  ///< name and value of each label
  std::optional<Logging> logging;
  std::vector<Hook> hooks;
  std::vector<WatchRule> watch;  ///< `develop.watch`
  std::optional<container::Flag> tty, stdin_open, init, use_api_socket, oom_kill_disable;
  std::optional<Text> replicas;           ///< `deploy.replicas`, or else `scale`
  std::optional<Text> restart_condition;  ///< `deploy.restart_policy.condition`
  bool has_provider = false;              ///< `provider`: no container of Compose's own

  /// The key with its value, or nothing.
  [[nodiscard]] std::optional<yaml::Entry> entry(std::string_view key) const { return value.entry(key); }
  /// Whether it is in the network of the host or of another container, or in none: then nothing comes of `ports`.
  [[nodiscard]] bool has_foreign_network() const;
};

/// A volume, network, secret, config or model declared at the top of the file.
struct Declaration {
  std::string name;
  TextRange name_range;
  yaml::Value value;  ///< may be null
  bool external = false;
  std::optional<Text> file;  ///< `file` of a secret or config
};

/// `include` of the file: a path each.
struct Include {
  Text path;
  std::vector<Text> env_files;
  std::optional<Text> project_directory;
};

/// The model of one YAML document of a Compose file. Immutable; keeps its document alive.
struct File {
  std::shared_ptr<const yaml::Document> document;
  std::vector<Service> services;  ///< in order of the file
  std::vector<Declaration> volumes, networks, secrets, configs, models;
  std::vector<Include> includes;
  std::vector<Variable> variables;         ///< every use in a value of the file, in order
  std::optional<TextRange> version_range;  ///< the obsolete key `version`
  std::optional<TextRange> name_range;     ///< the value of `name`
  /// A file of the first format: services at the top. It has no services here.
  bool is_v1 = false;
  /// False: services, volumes and the like that are not declared here may be declared in a file that Compose reads
  /// together with this one (`include`, a service that is only completed here).
  bool complete = true;
  /// What `Service::value` of services that extend others is made of.
  std::shared_ptr<const std::deque<yaml::Node>> merged_nodes;

  [[nodiscard]] const Service* service(std::string_view name) const;
  [[nodiscard]] const Declaration* volume(std::string_view name) const;
};

/// Never fails: what is no valid Compose file gives a smaller model.
[[nodiscard]] File model(std::shared_ptr<const yaml::Document> document, shell::ScriptParser& scripts);

/// A Boolean of a Compose file: true and false, and the other spellings that compose-go still takes, quoted or not
/// (yes, on, 1, t, y …). Nothing when a variable without a default decides.
[[nodiscard]] std::optional<bool> boolean(const yaml::Value& value);

}  // namespace quaymaster::compose
