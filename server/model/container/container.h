#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/image/reference.h"
#include "model/shell/script.h"
#include "model/yaml/place.h"
#include "quaymaster/text.h"

/// What Dockerfiles, Compose files and Kubernetes manifests have in common: a container, and what is said about it.
///
/// Every value has the range of the text that says it, relative to its segment. `shared` is true for what was reached
/// through a YAML alias or a merge key: the text belongs to others too, and no edit may go there.
namespace quaymaster::container {

/// An image that the file builds on, copies from or runs.
struct ImageUse {
  enum class Role : std::uint8_t { Base, CopyFrom, Run };
  Role role = Role::Run;
  TextRange range;             ///< the whole reference as written, without quotes
  image::Reference reference;  ///< after expansion of variables; its own ranges are only right when `literal`
  bool literal = true;         ///< written without variables: the parts of `reference` stand in the file at `range`
  bool known = true;           ///< every variable has a known value
  bool built = false;          ///< the image is made by this very file: a stage, or a Compose service with `build`
  bool shared = false;
  /// Where each part stands in the file: for a tag from a variable, the text of the variable.
  TextRange name_range;
  std::optional<TextRange> tag_range;
  std::optional<TextRange> digest_range;
};

/// A text that a container runs: at its start, or at a point of its life.
struct StartCommand {
  enum class Role : std::uint8_t { Entrypoint, Command, PostStart, PreStop };
  Role role = Role::Command;
  TextRange anchor;       ///< the keyword or the key
  TextRange range;        ///< the value
  bool exec_form = true;  ///< a list of words, not a text for a shell
  bool ships = true;      ///< false: of a stage that no final image inherits from
  bool shared = false;
  shell::Text text;
};

/// A name and its value in a container's environment, or in the environment of its build.
struct EnvironmentEntry {
  enum class Origin : std::uint8_t { Environment, BuildArgument };
  Origin origin = Origin::Environment;
  std::string name;
  TextRange name_range;
  /// Decoded, without quotes; empty `optional` when there is no value here (a bare name, a `valueFrom`).
  std::optional<std::string> value;
  TextRange value_range;  ///< with its quotes; empty at the end of the name when there is none
  bool literal = true;    ///< no variable or interpolation in the value
  bool shared = false;
  TextRange item_range;  ///< the whole entry: name and value, the list item's text, or the pair
};

/// The user that the container runs as.
struct UserSetting {
  TextRange range;
  std::string user;  ///< a name or a number as text, without the group; empty when unknown
  bool known = true;
  bool shared = false;
  [[nodiscard]] bool root() const { return known && (user == "root" || user == "0"); }
};

/// A place in the container's file system where something from outside is mounted.
struct Mount {
  enum class Kind : std::uint8_t { NamedVolume, AnonymousVolume, HostPath, Memory, Config, Other };
  Kind kind = Kind::Other;
  TextRange range;     ///< the whole item
  std::string source;  ///< a path of the host, or the name of a volume; may be empty
  TextRange source_range;
  std::string target;  ///< the path in the container
  TextRange target_range;
  bool read_only = false;
  std::string propagation;  ///< as written: "rshared", "Bidirectional"; empty when nothing is said
  TextRange propagation_range;
  bool executable = false;  ///< `Memory`: programs can be started from it, because somebody says so
  bool known = true;        ///< false: source or target contain something that only run time knows
  bool shared = false;
};

/// A port of the container, and where it can be reached from.
struct PortBinding {
  enum class Reach : std::uint8_t { Declared, HostLoopback, HostAll };
  Reach reach = Reach::Declared;
  TextRange range;
  std::uint16_t container_port = 0;  ///< 0 when unknown or a range of ports
  std::uint16_t host_port = 0;
  std::string protocol = "tcp";
  bool shared = false;
};

/// A quantity of CPU or memory as written, or nothing.
struct Resources {
  std::optional<TextRange> cpu_request, cpu_limit, memory_request, memory_limit;
};

/// How somebody outside finds out whether the container works.
struct HealthCheck {
  enum class Kind : std::uint8_t { Health, Liveness, Readiness, Startup, Disabled };
  Kind kind = Kind::Health;
  TextRange range;
  bool shared = false;
  std::optional<shell::Text> command;
};

/// A Boolean setting that a file can leave out.
struct Flag {
  bool value = false;
  TextRange key_range;
  TextRange value_range;
  bool shared = false;
};

/// What is said about the walls around a container.
struct Isolation {
  std::optional<Flag> privileged;
  std::optional<Flag> read_only_root;
  std::optional<Flag> run_as_non_root;
  std::optional<Flag> allow_privilege_escalation;  ///< Compose: the negation of `no-new-privileges`
  std::optional<Flag> host_network, host_pid, host_ipc;
  struct Capability {
    std::string name;  ///< upper case, without CAP_
    TextRange range;
    bool shared = false;
  };
  std::vector<Capability> added, dropped;

  /// A guard of the kernel or of the runtime that is switched off in so many words.
  struct SwitchedOff {
    enum class Guard : std::uint8_t { Seccomp, AppArmor, SELinux, MaskedPaths };
    Guard guard = Guard::Seccomp;
    TextRange range;  ///< the value that says so
    bool shared = false;
  };
  std::vector<SwitchedOff> switched_off;

  /// A parameter of the kernel that is set for the container.
  struct Sysctl {
    std::string name;
    TextRange range;  ///< the whole item or pair
    bool shared = false;
  };
  std::vector<Sysctl> sysctls;
};

/// All that one file says about one container: a final stage of a Dockerfile, a service of a Compose file, a container
/// of a pod template.
struct Container {
  enum class Kind : std::uint8_t { Stage, Service, PodContainer, InitContainer };
  Kind kind = Kind::Service;
  std::string name;               ///< the stage's, service's or container's; empty for an unnamed stage
  TextRange name_range;           ///< the smallest text that stands for the container as a whole
  std::optional<ImageUse> image;  ///< for a stage: the image that its chain of stages starts from
  std::vector<StartCommand> start;
  std::vector<EnvironmentEntry> environment;
  std::optional<UserSetting> user;
  std::vector<Mount> mounts;
  bool mounts_complete = true;  ///< false: more may come from a file or a variable that was not read
  std::vector<PortBinding> ports;
  Resources resources;
  std::vector<HealthCheck> health;
  Isolation isolation;
  /// False: what is not said here may be said in a file that was not read (`extends` of another file, an override), so
  /// that nothing must be concluded from what is absent.
  bool complete = true;
  bool template_only = false;        ///< a fragment that others extend; it does not run by itself
  bool builds_image = false;         ///< a Compose service with `build`
  std::optional<yaml::Place> place;  ///< the YAML mapping of the container, for new keys; none in a Dockerfile

  [[nodiscard]] const StartCommand* entrypoint() const;
  [[nodiscard]] const StartCommand* command() const;
};

}  // namespace quaymaster::container
