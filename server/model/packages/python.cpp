#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kPipVerbs{Verb{"install", Install, Operands::All},
                               Verb{"uninstall", Remove, Operands::All},
                               Verb{"download", Download, Operands::All},
                               Verb{"wheel", Download, Operands::All},
                               Verb{"cache purge", Clean},
                               Verb{"cache remove", Clean}};

constexpr std::array kPipFlags{FlagNames{Flag::NoCache, " --no-cache-dir --no-cache "},
                               FlagNames{Flag::RequirementFile, " -r --requirement "},
                               FlagNames{Flag::Constraint, " -c --constraint "},
                               FlagNames{Flag::Editable, " -e --editable "},
                               FlagNames{Flag::Upgrade, " -U --upgrade "},
                               FlagNames{Flag::User, " --user "},
                               FlagNames{Flag::Frozen, " --require-hashes "},
                               FlagNames{Flag::AssumeYes, " -y --yes "},
                               FlagNames{Flag::Quiet, " -q --quiet "},
                               FlagNames{Flag::Repository, " -i --index-url --extra-index-url -f --find-links "},
                               FlagNames{Flag::Unverified, " --trusted-host "},
                               FlagNames{Flag::DryRun, " --dry-run "},
                               FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::string_view kPipValued =
    " --requirement --constraint --editable --index-url --extra-index-url --find-links --target --platform "
    "--python-version --implementation --abi --root --prefix --src --build --upgrade-strategy --no-binary "
    "--only-binary --progress-bar --cache-dir --log --proxy --retries --timeout --default-timeout --exists-action "
    "--trusted-host --cert --client-cert --use-feature --use-deprecated --install-option --global-option "
    "--build-option --config-settings --report --python --root-user-action --dest --download --wheel-dir --hash "
    "--keyring-provider --group --build-constraint ";

constexpr std::array kPipxVerbs{Verb{"install", Install, Operands::All},
                                Verb{"install-all", Sync},
                                Verb{"inject", Install, Operands::All},
                                Verb{"run", Run, Operands::First},
                                Verb{"upgrade", Upgrade, Operands::All},
                                Verb{"upgrade-all", Upgrade},
                                Verb{"reinstall-all", Upgrade},
                                Verb{"uninstall", Remove, Operands::All},
                                Verb{"uninstall-all", Remove}};

constexpr std::array kPipxFlags{FlagNames{Flag::Global, " --global "}, FlagNames{Flag::Repository, " -i --index-url "},
                                FlagNames{Flag::Quiet, " -q --quiet "}, FlagNames{Flag::Help, " -h --help --version "}};

constexpr std::array kUvVerbs{Verb{"pip install", Install, Operands::All},
                              Verb{"pip sync", Sync},
                              Verb{"pip uninstall", Remove, Operands::All},
                              Verb{"pip compile", Lock},
                              Verb{"sync", Sync},
                              Verb{"add", Install, Operands::All},
                              Verb{"remove", Remove, Operands::All},
                              Verb{"lock", Lock},
                              Verb{"run", Run},
                              Verb{"tool install", Install, Operands::All},
                              Verb{"tool run", Run, Operands::First},
                              Verb{"tool upgrade", Upgrade, Operands::All},
                              Verb{"tool uninstall", Remove, Operands::All},
                              Verb{"cache clean", Clean},
                              Verb{"cache prune", Clean},
                              Verb{"build", Build}};

constexpr std::array kUvFlags{FlagNames{Flag::NoCache, " -n --no-cache --no-cache-dir "},
                              FlagNames{Flag::Frozen, " --frozen --locked --require-hashes "},
                              FlagNames{Flag::RequirementFile, " -r --requirement --requirements "},
                              FlagNames{Flag::Constraint, " -c --constraint --constraints "},
                              FlagNames{Flag::Editable, " -e --editable "},
                              FlagNames{Flag::Upgrade, " -U --upgrade "},
                              FlagNames{Flag::NoDevelopment, " --no-dev --no-default-groups "},
                              FlagNames{Flag::System, " --system "},
                              FlagNames{Flag::Quiet, " -q --quiet "},
                              FlagNames{Flag::Repository, " -i --index-url --extra-index-url --index --default-index "},
                              FlagNames{Flag::Unverified, " --allow-insecure-host --trusted-host "},
                              FlagNames{Flag::DryRun, " --dry-run "},
                              FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::string_view kUvValued =
    " --requirement --requirements --constraint --constraints --override --overrides --build-constraint --editable "
    "--index --default-index --index-url --extra-index-url --find-links --target --prefix --extra --no-extra --group "
    "--no-group --only-group --package --directory --project --cache-dir --config-file --link-mode --resolution "
    "--prerelease --with --with-editable --with-requirements --from --color --no-binary --only-binary --python "
    "--python-version --python-platform --refresh-package --upgrade-package --reinstall-package --no-build-package "
    "--no-binary-package --exclude-newer --allow-insecure-host --trusted-host --index-strategy --keyring-provider "
    "--no-install-package --python-preference --config-setting --config-settings --env-file --optional --branch --tag "
    "--rev --script --module --output-file ";

constexpr std::array kPoetryVerbs{Verb{"install", Sync},
                                  Verb{"sync", Sync},
                                  Verb{"add", Install, Operands::All},
                                  Verb{"remove", Remove, Operands::All},
                                  Verb{"update", Upgrade, Operands::All},
                                  Verb{"lock", Lock},
                                  Verb{"run", Run},
                                  Verb{"build", Build},
                                  Verb{"cache clear", Clean},
                                  Verb{"self update", Other}};

constexpr std::array kPoetryFlags{FlagNames{Flag::AssumeYes, " -n --no-interaction "},
                                  FlagNames{Flag::NoCache, " --no-cache "},
                                  FlagNames{Flag::NoDevelopment, " --no-dev "},
                                  FlagNames{Flag::NoDevelopment, " --without ", " dev "},
                                  FlagNames{Flag::NoDevelopment, " --only ", " main "},
                                  FlagNames{Flag::Quiet, " -q --quiet "},
                                  FlagNames{Flag::LockOnly, " --lock "},
                                  FlagNames{Flag::DryRun, " --dry-run "},
                                  FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::array kPipenvVerbs{Verb{"install", Install, Operands::OrProject},
                                  Verb{"sync", Sync},
                                  Verb{"uninstall", Remove, Operands::All},
                                  Verb{"update", Upgrade, Operands::All},
                                  Verb{"upgrade", Upgrade, Operands::All},
                                  Verb{"lock", Lock},
                                  Verb{"run", Run},
                                  Verb{"clean", Remove}};

constexpr std::array kPipenvFlags{FlagNames{Flag::Frozen, " --deploy --ignore-pipfile "},
                                  FlagNames{Flag::NoLock, " --skip-lock "},
                                  FlagNames{Flag::RequirementFile, " -r --requirements "},
                                  FlagNames{Flag::Editable, " -e --editable "},
                                  FlagNames{Flag::System, " --system "},
                                  FlagNames{Flag::Quiet, " -q --quiet "},
                                  FlagNames{Flag::Help, " -h --help --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Pip, " pip ", Notation::Python, kPipVerbs, kPipFlags, "rceitbfdwC", kPipValued},
    ManagerTable{Manager::Pipx, " pipx ", Notation::Python, kPipxVerbs, kPipxFlags, "i",
                 " --spec --python --index-url --pip-args --suffix --preinstall --with "},
    ManagerTable{Manager::Uv, " uv ", Notation::Python, kUvVerbs, kUvFlags, "rceifpPCwbom", kUvValued},
    ManagerTable{Manager::Poetry, " poetry ", Notation::Python, kPoetryVerbs, kPoetryFlags, "ECPG",
                 " --with --without --only --extras --directory --project --group --source --python --platform "},
    ManagerTable{Manager::Pipenv, " pipenv ", Notation::Python, kPipenvVerbs, kPipenvFlags, "rie",
                 " --requirements --python --pypi-mirror --index --categories --editable --extra-pip-args "}};

}  // namespace

std::span<const ManagerTable> python_tables() { return kTables; }

}  // namespace quaymaster::packages
