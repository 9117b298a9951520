#include "features/rule_page/peer_checks.h"

namespace quaymaster {
namespace {

constexpr PeerCheck kChecks[] = {
    {"dclint:no-build-and-image", "A service has both `build` and `image`."},
    {"dclint:no-duplicate-container-names", "Two services have one `container_name`."},
    {"dclint:no-duplicate-exported-ports", "Two services publish one port."},
    {"dclint:no-quotes-in-volumes", "A mount is written in quotes."},
    {"dclint:no-unbound-port-interfaces", "A port is published without an address."},
    {"dclint:no-version-field", "The file says `version`."},
    {"dclint:require-project-name-field", "The project has no name."},
    {"dclint:require-quotes-in-ports", "A port is not written in quotes."},
    {"dclint:service-container-name-regex", "A `container_name` has letters that the engine refuses."},
    {"dclint:service-dependencies-alphabetical-order", "What a service depends on is not sorted."},
    {"dclint:service-image-require-explicit-tag", "An image has no tag, or one that moves."},
    {"dclint:service-keys-order", "The keys of a service are not in the usual order."},
    {"dclint:service-ports-alphabetical-order", "Ports are not sorted."},
    {"dclint:services-alphabetical-order", "Services are not sorted."},
    {"dclint:top-level-properties-order", "The sections of the file are not in the usual order."},
    {"compose-lint:CL-0001", "The socket of the container runtime is mounted."},
    {"compose-lint:CL-0002", "A service is privileged."},
    {"compose-lint:CL-0003", "`no-new-privileges` is missing."},
    {"compose-lint:CL-0004", "An image has no tag, or one that moves."},
    {"compose-lint:CL-0005", "A port is published on all interfaces."},
    {"compose-lint:CL-0006", "Not all capabilities are dropped."},
    {"compose-lint:CL-0007", "The root file system is not read-only."},
    {"compose-lint:CL-0008", "A service uses the network of the host."},
    {"compose-lint:CL-0009", "Seccomp or AppArmor is switched off."},
    {"compose-lint:CL-0010", "A service uses the processes, the IPC or the names of the host."},
    {"compose-lint:CL-0011", "A capability is added that comes close to the host."},
    {"compose-lint:CL-0013", "A folder of the host is mounted that tells something."},
    {"compose-lint:CL-0014", "Logs are thrown away."},
    {"compose-lint:CL-0016", "A device of the host is passed in."},
    {"compose-lint:CL-0017", "Mounts reach the host."},
    {"compose-lint:CL-0018", "The user is root."},
    {"compose-lint:CL-0019", "An image has a tag and no digest."},
    {"compose-lint:CL-0020", "A variable whose name says that it is secret has a value."},
    {"compose-lint:CL-0021", "A connection string has a password in it."},
    {"compose-lint:CL-0022", "Programs can be started from a tmpfs."},
    {"compose-lint:CL-0024", "A capability is added that runs code on the host."},
    {"compose-lint:CL-0025", "A folder of the host that decides who is root can be written to."},
    {"compose-lint:CL-0026", "There is no limit for memory or CPU."},
    {"compose-lint:CL-0027", "A capability is added, of those that do little."},
    {"compose-lint:CL-0028", "A capability is added that reaches the host."},
    {"compose-lint:CL-0029", "A capability is added that can stop the host."},
    {"compose-lint:CL-0030", "A capability is added that reads what is on the host."},
};

}  // namespace

std::span<const PeerCheck> compose_peer_checks() { return kChecks; }

}  // namespace quaymaster
