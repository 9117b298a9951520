#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kNpmVerbs{Verb{"install", Install, Operands::OrProject},
                               Verb{"i", Install, Operands::OrProject},
                               Verb{"in", Install, Operands::OrProject},
                               Verb{"add", Install, Operands::OrProject},
                               Verb{"install-test", Install, Operands::OrProject},
                               Verb{"ci", Sync},
                               Verb{"clean-install", Sync},
                               Verb{"update", Upgrade, Operands::All},
                               Verb{"up", Upgrade, Operands::All},
                               Verb{"upgrade", Upgrade, Operands::All},
                               Verb{"uninstall", Remove, Operands::All},
                               Verb{"remove", Remove, Operands::All},
                               Verb{"rm", Remove, Operands::All},
                               Verb{"un", Remove, Operands::All},
                               Verb{"cache clean", Clean},
                               Verb{"cache clear", Clean},
                               Verb{"cache rm", Clean},
                               Verb{"exec", Run, Operands::First},
                               Verb{"x", Run, Operands::First},
                               Verb{"run", Run},
                               Verb{"run-script", Run},
                               Verb{"start", Run},
                               Verb{"test", Run},
                               Verb{"pack", Download}};

constexpr std::array kNpmFlags{FlagNames{Flag::Global, " -g --global "},
                               FlagNames{Flag::Global, " --location ", " global "},
                               FlagNames{Flag::NoLock, " --no-package-lock --no-shrinkwrap "},
                               FlagNames{Flag::NoLock, " --package-lock --shrinkwrap ", " false "},
                               FlagNames{Flag::LockOnly, " --package-lock-only "},
                               FlagNames{Flag::NoDevelopment, " --production "},
                               FlagNames{Flag::NoDevelopment, " --omit ", " dev "},
                               FlagNames{Flag::NoDevelopment, " --only ", " prod production "},
                               FlagNames{Flag::AssumeYes, " -y --yes "},
                               FlagNames{Flag::Quiet, " -s --silent -q --quiet "},
                               FlagNames{Flag::Repository, " --registry "},
                               FlagNames{Flag::DryRun, " --dry-run "},
                               FlagNames{Flag::Help, " -h --help -v --version "}};

constexpr std::string_view kNpmValued =
    " --prefix --registry --loglevel --cache --omit --include --only --userconfig --globalconfig --workspace "
    "--fetch-timeout --fetch-retries --fetch-retry-mintimeout --fetch-retry-maxtimeout --maxsockets "
    "--install-strategy --tag --location --script-shell --depth --before --os --cpu --libc --package --call ";

constexpr std::array kRunVerbs{Verb{"", Run, Operands::First}};

constexpr std::array kYarnVerbs{Verb{"", Sync},
                                Verb{"install", Sync},
                                Verb{"add", Install, Operands::All},
                                Verb{"global add", Install, Operands::All},
                                Verb{"remove", Remove, Operands::All},
                                Verb{"global remove", Remove, Operands::All},
                                Verb{"upgrade", Upgrade, Operands::All},
                                Verb{"up", Upgrade, Operands::All},
                                Verb{"global upgrade", Upgrade, Operands::All},
                                Verb{"cache clean", Clean},
                                Verb{"dlx", Run, Operands::First},
                                Verb{"workspaces focus", Sync},
                                Verb{"config", Other},
                                Verb{"set version", Other},
                                Verb{"policies", Other}};

constexpr std::array kYarnFlags{FlagNames{Flag::Frozen, " --frozen-lockfile --immutable "},
                                FlagNames{Flag::NoLock, " --no-lockfile --pure-lockfile "},
                                FlagNames{Flag::NoDevelopment, " --production --prod "},
                                FlagNames{Flag::AssumeYes, " --non-interactive "},
                                FlagNames{Flag::Quiet, " -s --silent "},
                                FlagNames{Flag::Repository, " --registry "},
                                FlagNames{Flag::Help, " -h --help -v --version "}};

constexpr std::array kPnpmVerbs{Verb{"install", Install, Operands::OrProject},
                                Verb{"i", Install, Operands::OrProject},
                                Verb{"add", Install, Operands::All},
                                Verb{"ci", Sync},
                                Verb{"fetch", Download},
                                Verb{"update", Upgrade, Operands::All},
                                Verb{"up", Upgrade, Operands::All},
                                Verb{"upgrade", Upgrade, Operands::All},
                                Verb{"remove", Remove, Operands::All},
                                Verb{"rm", Remove, Operands::All},
                                Verb{"uninstall", Remove, Operands::All},
                                Verb{"un", Remove, Operands::All},
                                Verb{"store prune", Clean},
                                Verb{"dlx", Run, Operands::First},
                                Verb{"deploy", Sync},
                                Verb{"config", Other},
                                Verb{"setup", Other}};

constexpr std::array kPnpmFlags{FlagNames{Flag::Frozen, " --frozen-lockfile ", " true "},
                                FlagNames{Flag::NoLock, " --no-lockfile "},
                                FlagNames{Flag::NoLock, " --lockfile ", " false "},
                                FlagNames{Flag::LockOnly, " --lockfile-only "},
                                FlagNames{Flag::Global, " -g --global "},
                                FlagNames{Flag::NoDevelopment, " -P --prod --production "},
                                FlagNames{Flag::Repository, " --registry "},
                                FlagNames{Flag::Quiet, " -s --silent "},
                                FlagNames{Flag::Help, " -h --help -v --version "}};

constexpr std::array kBunVerbs{Verb{"install", Install, Operands::OrProject},
                               Verb{"i", Install, Operands::OrProject},
                               Verb{"ci", Sync},
                               Verb{"add", Install, Operands::All},
                               Verb{"a", Install, Operands::All},
                               Verb{"remove", Remove, Operands::All},
                               Verb{"rm", Remove, Operands::All},
                               Verb{"update", Upgrade, Operands::All},
                               Verb{"pm cache", Clean},
                               Verb{"x", Run, Operands::First},
                               Verb{"build", Build},
                               Verb{"upgrade", Other}};

constexpr std::array kBunFlags{FlagNames{Flag::Frozen, " --frozen-lockfile "},
                               FlagNames{Flag::NoLock, " --no-save "},
                               FlagNames{Flag::LockOnly, " --lockfile-only "},
                               FlagNames{Flag::NoCache, " --no-cache "},
                               FlagNames{Flag::Global, " -g --global "},
                               FlagNames{Flag::NoDevelopment, " -p --production "},
                               FlagNames{Flag::Quiet, " --silent "},
                               FlagNames{Flag::DryRun, " --dry-run "},
                               FlagNames{Flag::Help, " -h --help -v --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Npm, " npm ", Notation::Node, kNpmVerbs, kNpmFlags, "wCc", kNpmValued},
    ManagerTable{Manager::Npm, " npx ", Notation::Node, kRunVerbs, kNpmFlags, "pcw", kNpmValued},
    ManagerTable{Manager::Yarn, " yarn yarnpkg ", Notation::Node, kYarnVerbs, kYarnFlags, "",
                 " --cwd --cache-folder --modules-folder --mutex --network-timeout --network-concurrency --registry "
                 "--use-yarnrc --preferred-cache-folder --proxy --https-proxy --global-folder --link-folder --mode ",
                 Run},
    ManagerTable{Manager::Pnpm, " pnpm ", Notation::Node, kPnpmVerbs, kPnpmFlags, "FC",
                 " --filter --dir --store-dir --reporter --registry --loglevel --network-concurrency "
                 "--virtual-store-dir --modules-dir --lockfile-dir --workspace-concurrency --cache-dir --global-dir "
                 "--global-bin-dir --child-concurrency --fetch-timeout --fetch-retries ",
                 Run},
    ManagerTable{Manager::Pnpm, " pnpx ", Notation::Node, kRunVerbs, kPnpmFlags},
    ManagerTable{Manager::Bun, " bun ", Notation::Node, kBunVerbs, kBunFlags, "c",
                 " --cwd --config --cache-dir --registry --backend --network-concurrency --filter --env-file ", Run},
    ManagerTable{Manager::Bun, " bunx ", Notation::Node, kRunVerbs, kBunFlags}};

}  // namespace

std::span<const ManagerTable> node_tables() { return kTables; }

}  // namespace quaymaster::packages
