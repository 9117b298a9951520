#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "features/navigation/name_finders.h"
#include "features/navigation/shell_variables.h"
#include "features/navigation/variable_uses.h"
#include "model/shell/script.h"

namespace quaymaster {
namespace {

using dockerfile::Instruction;
using dockerfile::Pair;
using dockerfile::Placed;
using dockerfile::Word;
using Spelling = Mention::Spelling;

/// Set by the builder or the client under these names (Dockerfile reference, "Predefined ARGs").
constexpr std::string_view kPredefined[] = {
    "BUILDPLATFORM", "BUILDOS",     "BUILDOSVERSION", "BUILDARCH",        "BUILDVARIANT",  "TARGETPLATFORM",
    "TARGETOS",      "TARGETARCH",  "TARGETSTAGE",    "TARGETOSVERSION",  "TARGETVARIANT", "HTTP_PROXY",
    "http_proxy",    "HTTPS_PROXY", "https_proxy",    "FTP_PROXY",        "ftp_proxy",     "NO_PROXY",
    "no_proxy",      "ALL_PROXY",   "all_proxy",      "SOURCE_DATE_EPOCH"};

bool is_predefined(std::string_view name) { return std::ranges::find(kPredefined, name) != std::end(kPredefined); }

/// How far up the stages that a stage builds on a variable is looked for.
constexpr int kMaxLineage = 100;

/// What a name means at one place of the file.
struct Binding {
  std::size_t name = 0;                  // in Names::all
  std::optional<TextRange> declaration;  // the one that counts here
};

/// What the newest ARG or ENV of one scope has given a name.
struct Bindings {
  std::optional<Binding> newest;
  std::optional<Binding> env;
  bool newest_is_env = false;
};

/// The variables before the first FROM, or those of a stage, as far as the file was read.
struct Scope {
  std::unordered_map<std::string, Bindings> bindings;
  std::optional<std::size_t> parent;  // the stage that it inherits from
};

/// The words of an instruction that the builder expands.
struct ExpandedWords {
  std::vector<const Word*> words;

  void operator()(const dockerfile::Statement&) {}
  void operator()(const dockerfile::From& from) {
    add(from.image);
    add(from.flag("platform"));
  }
  void operator()(const dockerfile::Run& run) {
    for (const dockerfile::Flag& flag : run.flags) add(&flag);
  }
  void operator()(const dockerfile::Copy& copy) { transfer(copy); }
  void operator()(const dockerfile::Add& add) { transfer(add); }
  void operator()(const dockerfile::Env& env) { pairs(env.pairs); }
  void operator()(const dockerfile::Label& label) { pairs(label.pairs); }
  void operator()(const dockerfile::Expose& expose) { add(expose.ports); }
  void operator()(const dockerfile::Volume& volume) { add(volume.paths); }
  void operator()(const dockerfile::User& user) { add(user.user); }
  void operator()(const dockerfile::Workdir& workdir) { add(workdir.path); }
  void operator()(const dockerfile::Stopsignal& stopsignal) { add(stopsignal.signal); }

 private:
  void add(const std::optional<Word>& word) {
    if (word) words.push_back(&*word);
  }
  void add(const dockerfile::Flag* flag) {
    if (flag != nullptr) add(flag->value);
  }
  void add(const std::vector<Word>& all) {
    for (const Word& word : all) words.push_back(&word);
  }
  void pairs(const std::vector<Pair>& all) {
    for (const Pair& pair : all) {
      words.push_back(&pair.key);
      add(pair.value);
    }
  }
  void transfer(const dockerfile::Transfer& transfer) {
    for (const dockerfile::Flag& flag : transfer.flags)
      if (flag.name != "from") add(&flag);
    add(transfer.sources);
    add(transfer.destination);
  }
};

class VariableNames {
 public:
  VariableNames(const DockerfileModel& model, std::string_view text, Names& names)
      : file_(model.file), text_(text), names_(names) {}

  void add() {
    scopes_.emplace_back();
    for (const Placed& placed : file_.instructions) {
      if (placed.instruction->as<dockerfile::From>() != nullptr) {
        read_words(*placed.instruction, placed.begin, 0, false);
        scopes_.push_back({{}, file_.stages[scopes_.size() - 1].parent});
      } else {
        read(*placed.instruction, placed, scopes_.size() - 1);
      }
    }
  }

 private:
  void read(const Instruction& instruction, const Placed& placed, std::size_t scope) {
    const std::uint32_t begin = placed.begin;
    if (const auto* arg = instruction.as<dockerfile::Arg>()) {
      for (const Pair& pair : arg->pairs) {
        if (pair.value) read_word(*pair.value, begin, scope, false);
        declare_argument(pair, begin, scope);
      }
      return;
    }
    read_words(instruction, begin, scope, false);
    if (const auto* env = instruction.as<dockerfile::Env>()) {
      for (const Pair& pair : env->pairs) declare_environment(pair, begin, scope);
    } else if (const auto* onbuild = instruction.as<dockerfile::Onbuild>(); onbuild != nullptr && onbuild->inner) {
      // Of what a derived image will see, the environment is known here.
      read_words(*onbuild->inner, begin, scope, true);
      read_commands(*onbuild->inner, placed, scope, true);
    }
    read_commands(instruction, placed, scope, false);
    if (const auto* copy = instruction.as<dockerfile::Copy>()) read_heredocs(copy->heredocs, begin, scope);
    if (const auto* add = instruction.as<dockerfile::Add>()) read_heredocs(add->heredocs, begin, scope);
  }

  // Declarations.

  void declare_argument(const Pair& pair, std::uint32_t begin, std::size_t scope) {
    const std::string& name = pair.key.string();
    if (!is_variable_name(name)) return;
    const std::optional<Binding> global = scope == 0 ? std::nullopt : global_argument(name);
    const Bindings* visible = find(name, scope);
    // A bare ARG in a stage has the value of the global one: they are one variable. So are two in a row.
    std::optional<std::size_t> same;
    if (global && !pair.value)
      same = global->name;
    else if (visible != nullptr && visible->newest && !visible->newest_is_env)
      same = visible->newest->name;
    const std::size_t index = same ? *same : new_name(name, is_predefined(name));
    const std::optional<TextRange> outer = global && !pair.value ? global->declaration : std::nullopt;
    const TextRange range = declare(index, pair.key, begin, outer);
    Bindings& own = scopes_[scope].bindings[name];
    own.newest = Binding{index, range};
    own.newest_is_env = false;
  }

  void declare_environment(const Pair& pair, std::uint32_t begin, std::size_t scope) {
    const std::string& name = pair.key.string();
    if (!is_variable_name(name)) return;
    const Binding* visible = find_environment(name, scope);
    const std::size_t index = visible != nullptr ? visible->name : new_name(name, false);
    const TextRange range = declare(index, pair.key, begin, std::nullopt);
    scopes_[scope].bindings[name] = {Binding{index, range}, Binding{index, range}, true};
  }

  TextRange declare(std::size_t index, const Word& key, std::uint32_t begin, std::optional<TextRange> outer) {
    const TextRange all{0, key.text.size()};
    const bool verbatim = key.text.verbatim(all);
    const TextRange range = (verbatim ? key.text.to_file(all) : key.range).shifted(begin);
    names_.all[index].mentions.push_back(
        {range, true, verbatim ? Spelling::Name : Spelling::Other, outer ? outer : range});
    return range;
  }

  std::size_t new_name(const std::string& name, bool predefined) {
    names_.all.push_back({Name::Kind::Variable, name, predefined, {}});
    return names_.all.size() - 1;
  }

  // Lookups.

  /// The global argument that a stage may declare; a predefined one need not be declared itself.
  std::optional<Binding> global_argument(const std::string& name) {
    const auto found = scopes_[0].bindings.find(name);
    if (found != scopes_[0].bindings.end()) return found->second.newest;
    if (!is_predefined(name)) return std::nullopt;
    Bindings& global = scopes_[0].bindings[name];
    global.newest = Binding{new_name(name, true), std::nullopt};
    return global.newest;
  }

  [[nodiscard]] const Bindings* find(const std::string& name, std::size_t scope) const {
    for (int depth = 0; depth < kMaxLineage; ++depth) {
      const Scope& here = scopes_[scope];
      if (const auto found = here.bindings.find(name); found != here.bindings.end()) return &found->second;
      if (!here.parent) return nullptr;
      scope = *here.parent + 1;
    }
    return nullptr;
  }

  [[nodiscard]] const Binding* find_environment(const std::string& name, std::size_t scope) const {
    for (int depth = 0; depth < kMaxLineage; ++depth) {
      const Scope& here = scopes_[scope];
      if (const auto found = here.bindings.find(name); found != here.bindings.end() && found->second.env)
        return &*found->second.env;
      if (!here.parent) return nullptr;
      scope = *here.parent + 1;
    }
    return nullptr;
  }

  /// What `$name` means; `only_env`: where the container runs, not where it is built.
  std::optional<Binding> lookup(const std::string& name, std::size_t scope, bool only_env) {
    if (only_env) {
      const Binding* binding = find_environment(name, scope);
      return binding == nullptr ? std::nullopt : std::optional(*binding);
    }
    if (scope == 0) return global_argument(name);
    const Bindings* bindings = find(name, scope);
    return bindings == nullptr ? std::nullopt : bindings->newest;
  }

  /// As `lookup`; what nothing in the file declares where it is used is a name, too.
  Binding meaning_of(const std::string& name, std::size_t scope, bool only_env) {
    if (const std::optional<Binding> known = lookup(name, scope, only_env)) return *known;
    const auto [found, added] = undeclared_.try_emplace(name, names_.all.size());
    if (added) (void)new_name(name, is_predefined(name));
    return {found->second, std::nullopt};
  }

  // Uses.

  void use(const VariableName& name, const MappedText& text, std::uint32_t begin, const Binding& binding) {
    const Spelling spelling = text.verbatim(name.range) ? Spelling::Name : Spelling::Other;
    names_.all[binding.name].mentions.push_back(
        {text.to_file(name.range).shifted(begin), false, spelling, binding.declaration});
  }

  void read_words(const Instruction& instruction, std::uint32_t begin, std::size_t scope, bool only_env) {
    ExpandedWords expanded;
    std::visit([&](const auto& body) { expanded(body); }, instruction.body);
    for (const Word* word : expanded.words) read_word(*word, begin, scope, only_env);
  }

  void read_word(const Word& word, std::uint32_t begin, std::size_t scope, bool only_env) {
    for (const VariableName& name : variable_uses(word.string(), file_.escape, true))
      use(name, word.text, begin, meaning_of(name.text, scope, only_env));
  }

  void read_heredocs(const std::vector<dockerfile::Heredoc>& heredocs, std::uint32_t begin, std::size_t scope) {
    for (const dockerfile::Heredoc& heredoc : heredocs) {
      if (!heredoc.expand) continue;
      const MappedText body(slice(text_, heredoc.content.shifted(begin)), heredoc.content.begin);
      for (const VariableName& name : variable_uses(body.bytes(), '\\', false))
        use(name, body, begin, meaning_of(name.text, scope, false));
    }
  }

  void read_commands(const Instruction& instruction, const Placed& placed, std::size_t scope, bool only_env) {
    if (const auto* run = instruction.as<dockerfile::Run>()) {
      read_command(run->command, placed, scope, only_env);
    } else if (const auto* cmd = instruction.as<dockerfile::Cmd>()) {
      read_command(cmd->command, placed, scope, true);
    } else if (const auto* entrypoint = instruction.as<dockerfile::Entrypoint>()) {
      read_command(entrypoint->command, placed, scope, true);
    } else if (const auto* check = instruction.as<dockerfile::Healthcheck>()) {
      read_command(check->command, placed, scope, true);
    }
  }

  /// A variable of a shell is ours only when the file declares it.
  void read_command(const dockerfile::CommandLine& command, const Placed& placed, std::size_t scope, bool only_env) {
    const auto read_text = [&](const MappedText& text) {
      ShellVariables variables = shell_variables(text.bytes());
      for (const VariableName& name : variables.from_environment)
        if (const auto binding = lookup_declared(name.text, scope, only_env)) use(name, text, placed.begin, *binding);
      names_.shell_variables.merge(variables.own);
    };
    if (!command.json) {
      if (command.source && placed.context->dialect == shell::Dialect::Posix) read_text(command.source->text);
      return;
    }
    for (std::size_t i = 2; i < command.strings.size(); ++i) {
      const std::string& option = command.strings[i - 1].string();
      const bool runs_text = option.size() > 1 && option[0] == '-' && option[1] != '-' && option.ends_with('c');
      if (!runs_text || !is_shell(command.strings[0].string())) continue;
      read_text(command.strings[i].text);
      return;
    }
  }

  static bool is_shell(std::string_view program) {
    const std::string_view name = program.substr(program.rfind('/') + 1);
    return name.ends_with("sh") && shell::dialect_of(program) == shell::Dialect::Posix;
  }

  std::optional<Binding> lookup_declared(const std::string& name, std::size_t scope, bool only_env) {
    const std::optional<Binding> binding = lookup(name, scope, only_env);
    return binding && binding->declaration ? binding : std::nullopt;
  }

  const dockerfile::File& file_;
  std::string_view text_;
  Names& names_;
  std::vector<Scope> scopes_;  // the global one, then one a stage
  std::unordered_map<std::string, std::size_t> undeclared_;
};

}  // namespace

void add_variables(const DockerfileModel& model, std::string_view text, Names& names) {
  VariableNames(model, text, names).add();
}

}  // namespace quaymaster
