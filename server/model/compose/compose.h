#pragma once
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

/// One published or exposed port, or range of ports.
struct Port {
  TextRange range;        ///< the value of the item
  std::string host_ip;    ///< without brackets; empty when not written
  std::string host;       ///< "8080", "8000-8010"; empty when Compose chooses
  std::string container;  ///< "80", "8000-8010"
  std::string protocol = "tcp";
  bool literal = true;
  bool known = true;  ///< false: a variable decides, or it is malformed
  bool shared = false;
};

/// A service. `container` holds what containers of all formats have in common: image, start commands (an entrypoint and
/// a command together are one start command of role Entrypoint whose script has the words of both), environment, user,
/// mounts (volumes, tmpfs, configs, secrets), ports, resources, health check, isolation, the place for new keys.
struct Service {
  container::Container container;
  std::string name;
  TextRange name_range;  ///< the key
  bool shared = false;   ///< the service as a whole stands behind an alias or a merge key
  yaml::Value value;     ///< the mapping, for keys that are not modelled

  std::optional<Build> build;
  std::optional<Extends> extends;
  std::vector<Name> depends_on, networks, profiles, secrets, configs, volumes_from, links, env_files;
  std::vector<Port> ports;    ///< `ports`, not `expose`
  std::vector<Name> volumes;  ///< the named volumes in use
  std::optional<Text> network_mode, pid, ipc, uts, userns_mode, cgroup, restart, container_name, hostname, pull_policy,
      platform, logging_driver;
  std::vector<Text> security_options, devices;
  std::vector<container::EnvironmentEntry> labels;  ///< name and value of each label

  /// The key with its value, or nothing.
  [[nodiscard]] std::optional<yaml::Entry> entry(std::string_view key) const { return value.entry(key); }
};

/// A volume, network, secret or config declared at the top of the file.
struct Declaration {
  std::string name;
  TextRange name_range;
  yaml::Value value;  ///< may be null
  bool external = false;
};

/// `include` of the file: a path each.
struct Include {
  Text path;
};

/// The model of one YAML document of a Compose file. Immutable; keeps its document alive.
struct File {
  std::shared_ptr<const yaml::Document> document;
  std::vector<Service> services;  ///< in order of the file
  std::vector<Declaration> volumes, networks, secrets, configs;
  std::vector<Include> includes;
  std::vector<Variable> variables;         ///< every use in a value of the file, in order
  std::optional<TextRange> version_range;  ///< the obsolete key `version`
  std::optional<TextRange> name_range;     ///< the value of `name`
  /// A file of the first format: services at the top. It has no services here.
  bool is_v1 = false;

  [[nodiscard]] const Service* service(std::string_view name) const;
  [[nodiscard]] const Declaration* volume(std::string_view name) const;
};

/// Never fails: what is no valid Compose file gives a smaller model.
[[nodiscard]] File model(std::shared_ptr<const yaml::Document> document, shell::ScriptParser& scripts);

/// A Boolean of a Compose file: true and false, and the other spellings that compose-go still takes, quoted or not
/// (yes, on, 1, t, y …). Nothing when a variable without a default decides.
[[nodiscard]] std::optional<bool> boolean(const yaml::Value& value);

}  // namespace quaymaster::compose
