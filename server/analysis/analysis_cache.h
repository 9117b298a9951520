#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/check_table.h"
#include "model/compose/compose.h"
#include "model/dockerfile/file.h"
#include "model/dockerfile/instruction.h"
#include "model/generational_map.h"
#include "model/kubernetes/kubernetes.h"
#include "model/shell/script_parser.h"
#include "model/yaml/document_reader.h"
#include "quaymaster/analyzer.h"
#include "syntax/tree.h"

namespace quaymaster {

using FindingsPtr = std::shared_ptr<const std::vector<Finding>>;
using SecretsPtr = std::shared_ptr<const std::vector<TextRange>>;

/// The findings of a segment depend on its model, on its context (null for YAML) and on the settings. Both pointers are
/// held, so that an address means one object as long as the key lives.
struct FindingsKey {
  std::shared_ptr<const void> model;
  std::shared_ptr<const void> context;
  std::uint64_t settings = 0;

  friend bool operator==(const FindingsKey&, const FindingsKey&) = default;
};
struct FindingsKeyHash {
  std::size_t operator()(const FindingsKey& key) const {
    return std::hash<const void*>()(key.model.get()) * 0x9E3779B97F4A7C15U +
           std::hash<const void*>()(key.context.get()) * 31U + key.settings;
  }
};

/// An instruction's model is kept under the bytes of its segment and the escape character.
struct InstructionKey {
  std::string text;
  char escape = '\\';

  friend bool operator==(const InstructionKey&, const InstructionKey&) = default;
};
struct InstructionKeyHash {
  std::size_t operator()(const InstructionKey& key) const {
    return std::hash<std::string>()(key.text) * 2 + (key.escape == '`' ? 1 : 0);
  }
};

/// Everything that one document's analyses share. What two analyses in a row did not use is forgotten.
struct AnalysisCache::State {
  syntax::Parser dockerfile_parser{syntax::Grammar::Dockerfile};
  yaml::DocumentReader yaml_reader;
  shell::ScriptParser scripts;
  dockerfile::FileModeler dockerfile_modeler;

  GenerationalMap<InstructionKey, std::shared_ptr<const dockerfile::Instruction>, InstructionKeyHash> instructions;
  GenerationalMap<std::string, std::shared_ptr<const compose::File>> compose_documents;
  /// By what is known of the document, and its text.
  GenerationalMap<std::string, std::shared_ptr<const kubernetes::Manifest>> kubernetes_documents;
  GenerationalMap<FindingsKey, FindingsPtr, FindingsKeyHash> findings;
  /// The secrets of a segment, under the key of its findings without the settings.
  GenerationalMap<FindingsKey, SecretsPtr, FindingsKeyHash> secrets;

  /// The checks of the last settings and language.
  struct Table {
    std::uint64_t settings;
    Language language;
    const Rule* const* rules;  // identity of the rule set
    CheckTable checks;
  };
  std::optional<Table> table;

  void next_generation() {
    instructions.next_generation();
    compose_documents.next_generation();
    kubernetes_documents.next_generation();
    findings.next_generation();
    secrets.next_generation();
    scripts.next_generation();
  }
};

}  // namespace quaymaster
