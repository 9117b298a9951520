#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kGemVerbs{Verb{"install", Install, Operands::All}, Verb{"i", Install, Operands::All},
                               Verb{"update", Upgrade, Operands::All},  Verb{"uninstall", Remove, Operands::All},
                               Verb{"fetch", Download, Operands::All},  Verb{"cleanup", Remove, Operands::All},
                               Verb{"exec", Run, Operands::First},      Verb{"build", Build}};

constexpr std::array kGemFlags{FlagNames{Flag::Version, " -v --version "},
                               FlagNames{Flag::NoDocuments, " -N --no-document --no-ri --no-rdoc "},
                               FlagNames{Flag::RequirementFile, " -g --file "},
                               FlagNames{Flag::Repository, " -s --source "},
                               FlagNames{Flag::User, " --user-install "},
                               FlagNames{Flag::Quiet, " -q --quiet --silent "},
                               FlagNames{Flag::Help, " -h --help "}};

constexpr std::array kBundlerVerbs{Verb{"", Sync},
                                   Verb{"install", Sync},
                                   Verb{"update", Upgrade, Operands::All},
                                   Verb{"add", Install, Operands::All},
                                   Verb{"remove", Remove, Operands::All},
                                   Verb{"lock", Lock},
                                   Verb{"exec", Run},
                                   Verb{"package", Download},
                                   Verb{"cache", Download},
                                   Verb{"clean", Remove}};

constexpr std::array kBundlerFlags{FlagNames{Flag::Frozen, " --frozen --deployment "},
                                   FlagNames{Flag::NoDevelopment, " --without "},
                                   FlagNames{Flag::Version, " --version "},
                                   FlagNames{Flag::NoCache, " --no-cache "},
                                   FlagNames{Flag::Path, " --path "},
                                   FlagNames{Flag::Quiet, " --quiet "},
                                   FlagNames{Flag::Help, " -h --help -v "}};

constexpr std::array kComposerVerbs{Verb{"install", Sync},
                                    Verb{"i", Sync},
                                    Verb{"update", Upgrade, Operands::All},
                                    Verb{"u", Upgrade, Operands::All},
                                    Verb{"upgrade", Upgrade, Operands::All},
                                    Verb{"require", Install, Operands::All},
                                    Verb{"req", Install, Operands::All},
                                    Verb{"r", Install, Operands::All},
                                    Verb{"global require", Install, Operands::All},
                                    Verb{"global update", Upgrade, Operands::All},
                                    Verb{"create-project", Install, Operands::First},
                                    Verb{"remove", Remove, Operands::All},
                                    Verb{"rm", Remove, Operands::All},
                                    Verb{"clear-cache", Clean},
                                    Verb{"clearcache", Clean},
                                    Verb{"cc", Clean},
                                    Verb{"run-script", Run},
                                    Verb{"run", Run},
                                    Verb{"exec", Run}};

constexpr std::array kComposerFlags{FlagNames{Flag::NoDevelopment, " --no-dev --update-no-dev "},
                                    FlagNames{Flag::AssumeYes, " -n --no-interaction "},
                                    FlagNames{Flag::NoCache, " --no-cache "},
                                    FlagNames{Flag::Quiet, " -q --quiet "},
                                    FlagNames{Flag::Repository, " --repository "},
                                    FlagNames{Flag::DryRun, " --dry-run "},
                                    FlagNames{Flag::LockOnly, " --no-install "},
                                    FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Gem, " gem ", Notation::Colon, kGemVerbs, kGemFlags, "vinspPB",
                 " --version --install-dir --bindir --source --trust-policy --http-proxy --platform --build-root "
                 "--bulk-threshold --without --config-file "},
    ManagerTable{Manager::Bundler, " bundle bundler ", Notation::Colon, kBundlerVerbs, kBundlerFlags, "jr",
                 " --jobs --gemfile --path --retry --without --with --binstubs --group --source --version --git "
                 "--branch --target-rbconfig --trust-policy --shebang --standalone "},
    ManagerTable{Manager::Composer, " composer composer.phar ", Notation::Colon, kComposerVerbs, kComposerFlags, "ds",
                 " --working-dir --prefer-install --repository --stability --ignore-platform-req --audit-format "
                 "--apcu-autoloader-prefix --repository-url "}};

}  // namespace

std::span<const ManagerTable> ruby_and_php_tables() { return kTables; }

}  // namespace quaymaster::packages
