#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kVerbs{Verb{"install", Install, Operands::All},
                            Verb{"in", Install, Operands::All},
                            Verb{"reinstall", Install, Operands::All},
                            Verb{"rei", Install, Operands::All},
                            Verb{"localinstall", Install, Operands::All},
                            Verb{"groupinstall", Install, Operands::All},
                            Verb{"group install", Install, Operands::All},
                            Verb{"groups install", Install, Operands::All},
                            Verb{"module install", Install, Operands::All},
                            Verb{"downgrade", Install, Operands::All},
                            Verb{"swap", Install, Operands::All},
                            Verb{"builddep", Install, Operands::All},
                            Verb{"build-dep", Install, Operands::All},
                            Verb{"remove", Remove, Operands::All},
                            Verb{"rm", Remove, Operands::All},
                            Verb{"erase", Remove, Operands::All},
                            Verb{"autoremove", Remove, Operands::All},
                            Verb{"groupremove", Remove, Operands::All},
                            Verb{"group remove", Remove, Operands::All},
                            Verb{"module remove", Remove, Operands::All},
                            Verb{"update", Upgrade, Operands::All},
                            Verb{"upgrade", Upgrade, Operands::All},
                            Verb{"up", Upgrade, Operands::All},
                            Verb{"update-minimal", Upgrade, Operands::All},
                            Verb{"upgrade-minimal", Upgrade, Operands::All},
                            Verb{"up-min", Upgrade, Operands::All},
                            Verb{"distro-sync", Upgrade, Operands::All},
                            Verb{"group upgrade", Upgrade, Operands::All},
                            Verb{"groupupdate", Upgrade, Operands::All},
                            Verb{"makecache", UpdateIndex},
                            Verb{"check-update", UpdateIndex},
                            Verb{"clean", Clean},
                            Verb{"download", Download, Operands::All}};

constexpr std::array kFlags{
    FlagNames{Flag::AssumeYes, " -y --assumeyes "},
    FlagNames{Flag::Quiet, " -q --quiet "},
    FlagNames{Flag::NoRecommends, " --setopt ",
              " install_weak_deps=False install_weak_deps=false install_weak_deps=0 install_weak_deps=no "},
    FlagNames{Flag::NoDocuments, " --nodocs "},
    FlagNames{Flag::NoDocuments, " --setopt ", " tsflags=nodocs "},
    FlagNames{Flag::Unverified, " --nogpgcheck "},
    FlagNames{Flag::DownloadOnly, " --downloadonly "},
    FlagNames{Flag::Repository, " --enablerepo --repo --repoid --repofrompath "},
    FlagNames{Flag::Refresh, " --refresh "},
    FlagNames{Flag::Release, " --releasever "},
    FlagNames{Flag::DryRun, " --assumeno "},
    FlagNames{Flag::Help, " -h --help --version "}};

constexpr std::string_view kValued =
    " --enablerepo --disablerepo --exclude --excludepkgs --installroot --releasever --setopt --repo --repoid "
    "--repofrompath --config --downloaddir --destdir --comment --disableplugin --enableplugin --forcearch --advisory "
    "--advisories --bz --bzs --cve --cves --sec-severity --secseverity --color --rpmverbosity --debuglevel "
    "--errorlevel --randomwait --arch --disablerepoid --noplugin ";

constexpr std::array kRpmFlags{FlagNames{Flag::Unverified, " --nosignature --nogpg "},
                               FlagNames{Flag::NoDocuments, " --excludedocs --nodocs "},
                               FlagNames{Flag::DryRun, " --test "}, FlagNames{Flag::Help, " -? --help --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Yum, " yum ", Notation::Rpm, kVerbs, kFlags, "cdexR", kValued},
    ManagerTable{Manager::Dnf, " dnf ", Notation::Rpm, kVerbs, kFlags, "cdexR", kValued},
    ManagerTable{Manager::Microdnf, " microdnf ", Notation::Rpm, kVerbs, kFlags, "cx", kValued},
    ManagerTable{Manager::Tdnf, " tdnf ", Notation::Rpm, kVerbs, kFlags, "cdex", kValued},
    ManagerTable{.manager = Manager::Rpm,
                 .programs = " rpm ",
                 .notation = Notation::Rpm,
                 .verbs = {},
                 .flags = kRpmFlags,
                 .valued_letters = "D",
                 .valued_names = " --define --root --dbpath --prefix --relocate --excludepath --rcfile --eval "
                                 "--queryformat --qf ",
                 .verb_is_option = true}};

}  // namespace

std::span<const ManagerTable> red_hat_tables() { return kTables; }

}  // namespace quaymaster::packages
