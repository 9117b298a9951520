#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/dockerfile/file.h"
#include "model/kubernetes/brief.h"
#include "model/shell/script_parser.h"
#include "model/yaml/document_reader.h"
#include "quaymaster/language.h"
#include "syntax/tree.h"
#include "workspace/index/file_role.h"

/// What is kept of every container file of a workspace: a few names and paths, no trees and no texts. Names and paths
/// are as written, after the expansion of variables; what depends on a variable that only the build or the environment
/// knows is left out.
namespace quaymaster::workspace {

struct StageFacts {
  std::string name;                   ///< lower case; empty without AS
  std::optional<std::uint32_t> base;  ///< the earlier stage that it builds on
  std::string image;                  ///< canonical name of the image that it builds on; empty with `base`
  std::string tag;

  friend bool operator==(const StageFacts&, const StageFacts&) = default;
};

/// COPY or ADD from the build context.
struct CopyFacts {
  std::uint32_t stage = 0;
  std::vector<std::string> sources;
  std::string destination;       ///< absolute, normalized
  bool into_a_folder = false;    ///< ends with a slash, or there are several sources
  bool sources_complete = true;  ///< false: some source is not known

  friend bool operator==(const CopyFacts&, const CopyFacts&) = default;
};

/// A file of the image that is run, while it is built or when a container starts.
struct ScriptUse {
  std::uint32_t stage = 0;
  std::string path;  ///< absolute, normalized
  bool at_start = false;

  friend bool operator==(const ScriptUse&, const ScriptUse&) = default;
};

struct DockerfileFacts {
  std::vector<StageFacts> stages;
  std::vector<CopyFacts> copies;     ///< the first 500
  std::vector<ScriptUse> scripts;    ///< the first 500
  std::vector<std::uint16_t> ports;  ///< of EXPOSE in the last stage
  std::string user;                  ///< of the last stage; empty when none is set or known

  friend bool operator==(const DockerfileFacts&, const DockerfileFacts&) = default;
};

struct BuildFacts {
  std::optional<std::string> context;  ///< empty optional: a variable decides
  std::optional<std::string> dockerfile;
  bool inline_dockerfile = false;
  std::optional<std::string> target;  ///< empty optional: not written, or a variable decides
  std::vector<std::string> arguments;
  bool context_written = true;          ///< false: `context` is what counts when nothing is said
  bool dockerfile_written = true;       ///< false: likewise
  bool dockerfile_from_folder = false;  ///< `dockerfile` starts where `context` starts, not in the context
  std::string name = {};                ///< what the build is called: the target of a bake file

  friend bool operator==(const BuildFacts&, const BuildFacts&) = default;
};

struct ServiceFacts {
  std::string name;
  std::string image;
  std::optional<BuildFacts> build;
  std::string extends_service;  ///< empty: it extends nothing
  std::string extends_file;     ///< empty: this file
  /// No container can be made of it without another file.
  bool is_fragment = false;

  friend bool operator==(const ServiceFacts&, const ServiceFacts&) = default;
};

struct ComposeFacts {
  std::vector<ServiceFacts> services;
  std::vector<std::string> includes;
  bool includes_known = true;  ///< false: a variable decides what else is included
  std::vector<std::string> volumes, networks, secrets, configs, models;  ///< names that are declared
  /// The paths of all files that are named in so many words, to be read: environment files, secrets, `extends` …
  std::vector<std::string> files;

  friend bool operator==(const ComposeFacts&, const ComposeFacts&) = default;
};

struct KubernetesFacts {
  std::shared_ptr<const std::vector<kubernetes::Brief>> objects;  ///< in order of the file; never null

  friend bool operator==(const KubernetesFacts& a, const KubernetesFacts& b) { return *a.objects == *b.objects; }
};

/// A file that builds images and is none of those: a workflow, a Makefile, a bake file …
struct BuilderFacts {
  std::vector<BuildFacts> builds;  ///< the first 500; paths start at `builder_folder` of the file

  friend bool operator==(const BuilderFacts&, const BuilderFacts&) = default;
};

/// A `kustomization.yaml`.
struct KustomizationFacts {
  std::vector<std::string> resources;  ///< files and folders, also of `bases` and `components`
  std::vector<std::string> patches;    ///< files
  std::vector<std::string> images;     ///< the new names, or the names where only the tag is new
  /// The ConfigMaps and Secrets that it makes of files and literals.
  std::vector<kubernetes::Brief> generated;
  bool has_more = false;  ///< charts and generators make objects that nobody sees here; or it is a component

  friend bool operator==(const KustomizationFacts&, const KustomizationFacts&) = default;
};

using Facts = std::variant<DockerfileFacts, ComposeFacts, KubernetesFacts, BuilderFacts, KustomizationFacts>;

/// Reads facts out of texts. Thread-compatible: one user at a time.
class FactsReader {
 public:
  /// Never fails: broken text gives fewer facts.
  [[nodiscard]] Facts read(FileRole role, std::string_view text);
  [[nodiscard]] Facts read(Language language, std::string_view text) { return read(role_of(language), text); }

 private:
  [[nodiscard]] DockerfileFacts dockerfile(std::string_view text);
  [[nodiscard]] ComposeFacts compose(std::string_view text);
  [[nodiscard]] KubernetesFacts kubernetes(std::string_view text);
  [[nodiscard]] KustomizationFacts kustomization(std::string_view text);

  syntax::Parser dockerfile_parser_{syntax::Grammar::Dockerfile};
  yaml::DocumentReader yaml_reader_;
  shell::ScriptParser scripts_;
};

/// The facts of a Dockerfile's model.
[[nodiscard]] DockerfileFacts facts_of(const dockerfile::File& file, shell::ScriptParser& scripts);

}  // namespace quaymaster::workspace
