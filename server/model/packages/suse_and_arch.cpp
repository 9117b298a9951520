#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kZypperVerbs{Verb{"install", Install, Operands::All},
                                  Verb{"in", Install, Operands::All},
                                  Verb{"source-install", Install, Operands::All},
                                  Verb{"si", Install, Operands::All},
                                  Verb{"remove", Remove, Operands::All},
                                  Verb{"rm", Remove, Operands::All},
                                  Verb{"update", Upgrade, Operands::All},
                                  Verb{"up", Upgrade, Operands::All},
                                  Verb{"patch", Upgrade},
                                  Verb{"dist-upgrade", Upgrade, Operands::All},
                                  Verb{"dup", Upgrade, Operands::All},
                                  Verb{"refresh", UpdateIndex},
                                  Verb{"ref", UpdateIndex},
                                  Verb{"clean", Clean},
                                  Verb{"cc", Clean},
                                  Verb{"download", Download, Operands::All}};

constexpr std::array kZypperFlags{FlagNames{Flag::AssumeYes, " -n --non-interactive -y --no-confirm "},
                                  FlagNames{Flag::NoRecommends, " --no-recommends "},
                                  FlagNames{Flag::Quiet, " -q --quiet "},
                                  FlagNames{Flag::Unverified, " --no-gpg-checks --allow-unsigned-rpm "},
                                  FlagNames{Flag::DownloadOnly, " -d --download-only "},
                                  FlagNames{Flag::DryRun, " --dry-run "},
                                  FlagNames{Flag::Repository, " -r --repo --from -p --plus-repo "},
                                  FlagNames{Flag::Release, " --releasever "},
                                  FlagNames{Flag::All, " -a --all "},
                                  FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::array kPacmanFlags{
    FlagNames{Flag::AssumeYes, " --noconfirm "}, FlagNames{Flag::Quiet, " -q --quiet "},
    FlagNames{Flag::Frozen, " --needed "},       FlagNames{Flag::DownloadOnly, " -w --downloadonly "},
    FlagNames{Flag::DryRun, " -p --print "},     FlagNames{Flag::Help, " -h --help -V --version "}};

constexpr std::array kTables{
    ManagerTable{Manager::Zypper, " zypper ", Notation::Relation, kZypperVerbs, kZypperFlags, "RcDCrtp",
                 " --root --installroot --config --reposd-dir --cache-dir --raw-cache-dir --solv-cache-dir "
                 "--pkg-cache-dir --repo --from --type --plus-repo --plus-content --releasever --bugzilla --cve "
                 "--category --date "},
    ManagerTable{.manager = Manager::Pacman,
                 .programs = " pacman ",
                 .notation = Notation::Relation,
                 .verbs = {},
                 .flags = kPacmanFlags,
                 .valued_letters = "br",
                 .valued_names = " --dbpath --root --arch --cachedir --color --config --gpgdir --hookdir --logfile "
                                 "--sysroot --ignore --ignoregroup --overwrite --assume-installed ",
                 .verb_is_option = true}};

bool has(std::string_view letters, char letter) { return letters.find(letter) != std::string_view::npos; }

Operation pacman_verb(std::string_view option) {
  if (lists(" --upgrade ", option) || option.starts_with("-U")) return Install;
  if (lists(" --remove ", option) || option.starts_with("-R")) return Remove;
  if (lists(" --sync ", option)) return Install;
  if (!option.starts_with("-S")) return Other;
  const std::string_view more = option.substr(2);
  if (has(more, 's') || has(more, 'i') || has(more, 'l') || has(more, 'g')) return Other;
  if (has(more, 'c')) return Clean;
  if (has(more, 'u')) return Upgrade;
  return has(more, 'w') ? Download : Install;
}

Operation dpkg_verb(std::string_view option) {
  if (lists(" -i --install --unpack ", option)) return Install;
  return lists(" -r --remove -P --purge ", option) ? Remove : Other;
}

Operation rpm_verb(std::string_view option) {
  if (option.starts_with("--")) {
    if (option == "--install" || option == "--upgrade" || option == "--freshen") return Install;
    return option == "--erase" ? Remove : Other;
  }
  if (!option.starts_with('-') || has(option, 'q') || has(option, 'V')) return Other;
  if (has(option, 'i') || has(option, 'U') || has(option, 'F')) return Install;
  return has(option, 'e') ? Remove : Other;
}

}  // namespace

Operation option_verb(Manager manager, std::string_view option) {
  switch (manager) {
    case Manager::Pacman: return pacman_verb(option);
    case Manager::Dpkg: return dpkg_verb(option);
    case Manager::Rpm: return rpm_verb(option);
    default: return Other;
  }
}

std::span<const ManagerTable> suse_and_arch_tables() { return kTables; }

}  // namespace quaymaster::packages
