#include <array>

#include "model/packages/manager_table.h"

namespace quaymaster::packages {
namespace {

using enum Operation;

constexpr std::array kGoVerbs{Verb{"install", Install, Operands::All},
                              Verb{"get", Install, Operands::All},
                              Verb{"mod download", Sync},
                              Verb{"mod vendor", Sync},
                              Verb{"mod tidy", Lock},
                              Verb{"run", Run, Operands::First},
                              Verb{"build", Build},
                              Verb{"test", Build},
                              Verb{"clean", Clean}};

constexpr std::array kGoFlags{FlagNames{Flag::Upgrade, " -u "},
                              FlagNames{Flag::DownloadOnly, " -d "},
                              FlagNames{Flag::Frozen, " -mod ", " readonly vendor "},
                              FlagNames{Flag::DryRun, " -n "},
                              FlagNames{Flag::All, " -cache -modcache "},
                              FlagNames{Flag::Help, " -h -help "}};

constexpr std::array kCargoVerbs{Verb{"install", Install, Operands::All},
                                 Verb{"binstall", Install, Operands::All},
                                 Verb{"add", Install, Operands::All},
                                 Verb{"build", Build},
                                 Verb{"b", Build},
                                 Verb{"check", Build},
                                 Verb{"test", Build},
                                 Verb{"run", Run},
                                 Verb{"r", Run},
                                 Verb{"fetch", Download},
                                 Verb{"vendor", Download},
                                 Verb{"update", Upgrade, Operands::All},
                                 Verb{"generate-lockfile", Lock},
                                 Verb{"uninstall", Remove, Operands::All},
                                 Verb{"remove", Remove, Operands::All},
                                 Verb{"rm", Remove, Operands::All}};

constexpr std::array kCargoFlags{FlagNames{Flag::Frozen, " --locked --frozen "},
                                 FlagNames{Flag::Version, " --version --vers "},
                                 FlagNames{Flag::Path, " --path "},
                                 FlagNames{Flag::Repository, " --git --registry --index "},
                                 FlagNames{Flag::Quiet, " -q --quiet "},
                                 FlagNames{Flag::AssumeYes, " -y --no-confirm "},
                                 FlagNames{Flag::Help, " -h --help -V "}};

constexpr std::array kTables{
    ManagerTable{.manager = Manager::Go,
                 .programs = " go ",
                 .notation = Notation::At,
                 .verbs = kGoVerbs,
                 .flags = kGoFlags,
                 .valued_names = " -C -o -p -mod -modfile -tags -ldflags -gcflags -asmflags -gccgoflags -buildmode "
                                 "-compiler -installsuffix -pkgdir -toolexec -exec -overlay -pgo -covermode -coverpkg "
                                 "-asan -buildvcs ",
                 .one_dash = true},
    ManagerTable{Manager::Cargo, " cargo ", Notation::At, kCargoVerbs, kCargoFlags, "FpjZ",
                 " --version --vers --git --branch --tag --rev --path --root --registry --index --target --bin "
                 "--features --profile --package --jobs --manifest-path --target-dir --config --color --example "
                 "--exclude --message-format --test --bench --rename --out-dir "}};

}  // namespace

std::span<const ManagerTable> go_and_rust_tables() { return kTables; }

}  // namespace quaymaster::packages
