#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kVerbs{Verb{"add", Install, Operands::All}, Verb{"fix", Install, Operands::All},
                            Verb{"del", Remove, Operands::All},  Verb{"upgrade", Upgrade, Operands::All},
                            Verb{"update", UpdateIndex},         Verb{"fetch", Download, Operands::All},
                            Verb{"cache clean", Clean},          Verb{"cache purge", Clean},
                            Verb{"cache download", Download}};

constexpr std::array kFlags{FlagNames{Flag::NoCache, " --no-cache "},
                            FlagNames{Flag::Virtual, " -t --virtual "},
                            FlagNames{Flag::Refresh, " -U --update-cache --update "},
                            FlagNames{Flag::Upgrade, " -u --upgrade "},
                            FlagNames{Flag::Quiet, " -q --quiet "},
                            FlagNames{Flag::Repository, " -X --repository "},
                            FlagNames{Flag::Unverified, " --allow-untrusted "},
                            FlagNames{Flag::DryRun, " -s --simulate "},
                            FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Apk, " apk ", Notation::Alpine, kVerbs, kFlags, "tXpo",
                 " --virtual --repository --root --arch --keys-dir --repositories-file --wait --cache-dir "
                 "--cache-max-age --progress-fd --timeout --output "}};

}  // namespace

std::span<const ManagerTable> alpine_tables() { return kTables; }

}  // namespace quaymaster::packages
