#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/container/container.h"
#include "model/kubernetes/config_script.h"
#include "model/shell/script_parser.h"
#include "model/yaml/document.h"
#include "model/yaml/value.h"
#include "quaymaster/text.h"

/// Kubernetes manifests: objects, and those of them that run pods. All ranges are in the YAML document.
namespace quaymaster::kubernetes {

struct Brief;

/// One object: a document, or an item of a `List`.
struct Object {
  std::string api_version;
  TextRange api_version_range;
  std::string kind;
  TextRange kind_range;  ///< the value
  std::string name;      ///< empty when it has none (`generateName`)
  TextRange name_range;  ///< the value of `metadata.name`, or the smallest text that stands for the object
  std::optional<std::string> namespace_name;
  TextRange namespace_range;
  yaml::Value value;   ///< the whole mapping
  bool patch = false;  ///< it is merged into another one, so that what it lacks stands there
};

/// A volume of a pod.
struct Volume {
  enum class Kind : std::uint8_t {
    EmptyDir,
    HostPath,
    PersistentVolumeClaim,
    Ephemeral,
    ClaimTemplate,  ///< of a StatefulSet's `volumeClaimTemplates`
    ConfigMap,
    Secret,
    Projected,
    DownwardApi,
    Csi,
    Nfs,
    Image,
    Other,
    None,  ///< no source is written: an emptyDir
  };
  Kind kind = Kind::Other;
  std::string name;
  TextRange name_range;
  TextRange range;     ///< the whole item
  std::string source;  ///< a host path, or the name of the claim, ConfigMap or Secret
  TextRange source_range;
  bool memory = false;      ///< an emptyDir with `medium: Memory`
  bool size_limit = false;  ///< an emptyDir with a `sizeLimit`
  bool shared = false;
  yaml::Value value;
};

/// A setting with a whole number.
struct Number {
  std::int64_t value = 0;
  TextRange key_range;
  TextRange value_range;
  bool shared = false;
};

/// A text setting with its places.
struct Setting {
  std::string text;
  TextRange key_range;
  TextRange value_range;
  bool shared = false;
};

/// One container of a pod template. `container` holds what containers of all formats have in common:
/// - start: `command` and `args` together are one start command of role Entrypoint whose script has the words of both;
///   `args` alone is one of role Command; `lifecycle` hooks follow. `$(NAME)` of a variable that the container has
///   reads as the shell's `${NAME}`.
/// - user and run_as_non_root are the effective ones: the container's own, or else the pod's (then their ranges are
/// there).
/// - host_network, host_pid and host_ipc are the pod's.
/// - mounts: each `volumeMounts` item with the kind of its volume. A claim or claim template is a NamedVolume; an
///   emptyDir is an AnonymousVolume, in memory Memory; ConfigMap, Secret, projected and downward volumes are Config.
struct PodContainer {
  container::Container container;
  bool sidecar = false;                                 ///< an init container with `restartPolicy: Always`
  bool ephemeral = false;                               ///< of `ephemeralContainers`
  yaml::Value value;                                    ///< the mapping
  yaml::Value security_context;                         ///< its own; absent when not written or null
  std::vector<container::EnvironmentEntry> value_from;  ///< variables with `valueFrom`; they are in `environment` too
  std::optional<Setting> image_pull_policy;
  std::optional<container::Flag> stdin_open, tty;
};

/// An object that runs pods: a built-in kind with a pod template, or a custom resource of the same structure.
struct Workload {
  Object object;
  yaml::Value pod_spec;              ///< the mapping that has `containers`
  yaml::Value pod_metadata;          ///< of the template; of the object itself for a Pod. May be absent
  yaml::Value pod_security_context;  ///< absent when not written or null
  bool custom = false;               ///< no built-in kind: recognised by its structure
  /// A patch for an object that stands elsewhere: a selector is missing that the API demands, or no container has an
  /// image. Its containers, and all without an image, are `template_only`: what they lack is no finding.
  bool partial = false;
  std::vector<PodContainer> containers;  ///< init containers, containers, ephemeral containers, as written
  std::vector<Volume> volumes;           ///< with the templates of claims
  std::optional<container::Flag> host_network, host_pid, host_ipc, host_users, share_process_namespace,
      automount_service_account_token;
  std::optional<Setting> service_account, node_name, restart_policy, priority_class, runtime_class;
  std::optional<Number> replicas;
  bool windows = false;  ///< `os.name: windows`, or a node selector that says so

  [[nodiscard]] const Volume* volume(std::string_view name) const;
};

/// The model of one YAML document, independent of where the document stands in its file. Immutable; keeps its document
/// alive.
struct Manifest {
  std::shared_ptr<const yaml::Document> document;
  std::vector<Object> objects;                       ///< a `List` is replaced by its items
  std::vector<Workload> workloads;                   ///< in order of the objects
  std::vector<ConfigScript> scripts;                 ///< in the data of ConfigMaps
  std::shared_ptr<const std::vector<Brief>> briefs;  ///< what each of `objects` shows to others; null in an empty model
};

/// Never fails: what is no object gives an empty model. `patches`: it is known that the objects are patches.
[[nodiscard]] Manifest model(std::shared_ptr<const yaml::Document> document, shell::ScriptParser& scripts,
                             bool patches = false);

/// The objects of one file: a manifest a document, with the offset at which the document begins in the file.
struct File {
  struct Part {
    std::uint32_t begin = 0;
    std::shared_ptr<const Manifest> manifest;
  };
  std::vector<Part> parts;
};

}  // namespace quaymaster::kubernetes
