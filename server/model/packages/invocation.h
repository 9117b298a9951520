#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/packages/package.h"
#include "model/shell/script.h"
#include "quaymaster/text.h"

/// What commands ask of package managers: of those of distributions and of those of languages alike.
namespace quaymaster::packages {

enum class Manager : std::uint8_t {
  Apt,
  AptGet,
  Aptitude,
  Dpkg,
  Apk,
  Yum,
  Dnf,
  Microdnf,
  Tdnf,
  Rpm,
  Zypper,
  Pacman,
  Pip,
  Pipx,
  Uv,
  Poetry,
  Pipenv,
  Conda,
  Mamba,
  Micromamba,
  Npm,
  Yarn,
  Pnpm,
  Bun,
  Gem,
  Bundler,
  Composer,
  Go,
  Cargo,
};

/// Whether the manager is the distribution's; the others belong to a language.
[[nodiscard]] bool is_system(Manager manager);

enum class Operation : std::uint8_t {
  Install,      ///< what the command names
  Sync,         ///< what the files of the project name: `npm ci`, `npm install` alone, `bundle install`
  Remove,       ///< packages
  Upgrade,      ///< what is installed, or what a lock file holds
  UpdateIndex,  ///< fetches the lists of what there is
  Lock,         ///< writes the lock file, installs nothing
  Clean,        ///< a cache of the manager
  Download,     ///< fetches packages, does not install them
  Build,        ///< builds the project, and fetches what that needs
  Run,          ///< a program, or a script of the project
  Other,
};

/// An option that means the same in several managers.
enum class Flag : std::uint8_t {
  AssumeYes,  ///< no question is asked
  NoRecommends,
  NoCache,
  Quiet,
  Frozen,  ///< keeps to the lock file, or fails
  NoLock,  ///< does without a lock file on purpose
  LockOnly,
  User,     ///< installs for one user
  Global,   ///< installs for all instead of the project
  System,   ///< into the system's interpreter instead of an environment
  Virtual,  ///< gives the packages a name to remove them by
  Upgrade,  ///< of what is there
  Refresh,  ///< updates the index as well
  NoDevelopment,
  NoDocuments,
  RequirementFile,
  Constraint,  ///< a file of constraints
  Editable,
  Version,  ///< for all the packages of the command
  Release,  ///< of the distribution
  Path,     ///< of a project to install
  Repository,
  Unverified,  ///< signatures are not checked
  DownloadOnly,
  DryRun,
  All,
  Help,
};

struct FlagUse {
  Flag flag;
  TextRange range;  ///< the option's word
  std::string value;
  TextRange value_range;  ///< empty, at the end of `range`, when it has none
};

/// One command of a package manager. All ranges are in the bytes of the shell's source, as those of the command.
struct Invocation {
  Manager manager = Manager::Apt;
  Operation operation = Operation::Other;
  std::string program;      ///< without folder, as written: "pip3.12", "pip" of `python3 -m pip`
  std::string verb;         ///< one or two words: "install", "pip install", "-Syu"; empty when none stands there
  TextRange program_range;  ///< `python3 -m pip` whole
  TextRange verb_range;     ///< of its last word; empty at the end of the program when there is none
  std::vector<FlagUse> flags;
  /// What it is asked to install, remove, upgrade, download or (the first one) to run.
  std::vector<Package> packages;
  bool literal = true;  ///< false: a word that the shell computes may hold more options or packages

  /// The first use of the flag, or null.
  [[nodiscard]] const FlagUse* find(Flag flag) const;
  [[nodiscard]] bool has(Flag flag) const { return find(flag) != nullptr; }
  /// From the program to the verb.
  [[nodiscard]] TextRange head() const { return cover(program_range, verb_range); }
};

/// Reads the words of a command, from its program on. They stand in `text`, the bytes of the source, which decides the
/// ranges inside of words. Empty when the program is no package manager that is known.
[[nodiscard]] std::optional<Invocation> invocation(std::span<const shell::Word> words, std::string_view text);

}  // namespace quaymaster::packages
