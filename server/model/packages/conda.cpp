#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kVerbs{Verb{"install", Install, Operands::All},
                            Verb{"create", Install, Operands::All},
                            Verb{"env create", Sync},
                            Verb{"env update", Sync},
                            Verb{"update", Upgrade, Operands::All},
                            Verb{"upgrade", Upgrade, Operands::All},
                            Verb{"remove", Remove, Operands::All},
                            Verb{"uninstall", Remove, Operands::All},
                            Verb{"clean", Clean},
                            Verb{"run", Run}};

constexpr std::array kFlags{FlagNames{Flag::AssumeYes, " -y --yes "},
                            FlagNames{Flag::Quiet, " -q --quiet "},
                            FlagNames{Flag::RequirementFile, " -f --file "},
                            FlagNames{Flag::Repository, " -c --channel "},
                            FlagNames{Flag::DownloadOnly, " --download-only "},
                            FlagNames{Flag::DryRun, " -d --dry-run "},
                            FlagNames{Flag::All, " -a --all "},
                            FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::string_view kLetters = "npcrf";
constexpr std::string_view kValued =
    " --name --prefix --channel --file --repodata-fn --solver --root-prefix --platform --subdir --cacert --rc-file "
    "--category --clone --default-packages ";

constexpr std::array kTables{
    ManagerTable{Manager::Conda, " conda ", Notation::Conda, kVerbs, kFlags, kLetters, kValued},
    ManagerTable{Manager::Mamba, " mamba ", Notation::Conda, kVerbs, kFlags, kLetters, kValued},
    ManagerTable{Manager::Micromamba, " micromamba ", Notation::Conda, kVerbs, kFlags, kLetters, kValued}};

}  // namespace

std::span<const ManagerTable> conda_tables() { return kTables; }

}  // namespace quaymaster::packages
