#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kVerbs{Verb{"install", Install, Operands::All},
                            Verb{"reinstall", Install, Operands::All},
                            Verb{"satisfy", Install, Operands::All},
                            Verb{"build-dep", Install, Operands::All},
                            Verb{"remove", Remove, Operands::All},
                            Verb{"purge", Remove, Operands::All},
                            Verb{"autoremove", Remove, Operands::All},
                            Verb{"auto-remove", Remove, Operands::All},
                            Verb{"autopurge", Remove, Operands::All},
                            Verb{"update", UpdateIndex},
                            Verb{"upgrade", Upgrade, Operands::All},
                            Verb{"dist-upgrade", Upgrade, Operands::All},
                            Verb{"full-upgrade", Upgrade, Operands::All},
                            Verb{"safe-upgrade", Upgrade, Operands::All},
                            Verb{"dselect-upgrade", Upgrade},
                            Verb{"clean", Clean},
                            Verb{"distclean", Clean},
                            Verb{"download", Download, Operands::All},
                            Verb{"source", Download, Operands::All}};

constexpr std::array kFlags{
    FlagNames{Flag::AssumeYes, " -y --yes --assume-yes --force-yes "},
    FlagNames{Flag::Quiet, " -q --quiet "},
    FlagNames{Flag::NoRecommends, " --no-install-recommends --without-recommends "},
    FlagNames{Flag::NoRecommends, " -o --option ",
              " APT::Install-Recommends=false APT::Install-Recommends=0 APT::Install-Recommends=no "},
    FlagNames{Flag::Release, " -t --target-release --default-release "},
    FlagNames{Flag::Unverified, " --allow-unauthenticated --force-yes "},
    FlagNames{Flag::DownloadOnly, " -d --download-only "},
    FlagNames{Flag::DryRun, " -s --simulate --just-print --dry-run --recon --no-act "},
    FlagNames{Flag::Help, " -h --help -v --version "}};

constexpr std::string_view kValued =
    " --target-release --default-release --option --config-file --host-architecture --build-profiles ";

constexpr std::array kDpkgFlags{FlagNames{Flag::DryRun, " --dry-run --simulate --no-act "},
                                FlagNames{Flag::Help, " -? --help --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::AptGet, " apt-get ", Notation::Debian, kVerbs, kFlags, "toca", kValued},
    ManagerTable{Manager::Apt, " apt ", Notation::Debian, kVerbs, kFlags, "toca", kValued},
    ManagerTable{Manager::Aptitude, " aptitude ", Notation::Debian, kVerbs, kFlags, "towFO", kValued},
    ManagerTable{.manager = Manager::Dpkg,
                 .programs = " dpkg ",
                 .notation = Notation::Debian,
                 .verbs = {},
                 .flags = kDpkgFlags,
                 .valued_letters = "D",
                 .verb_is_option = true}};

}  // namespace

std::span<const ManagerTable> debian_tables() { return kTables; }

}  // namespace quaymaster::packages
