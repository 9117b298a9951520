#include "rules/support/safe_sysctls.h"

#include <algorithm>
#include <iterator>

namespace quaymaster::rules {

bool is_safe_sysctl(std::string_view name) {
  constexpr std::string_view kSafe[] = {"kernel.shm_rmid_forced",
                                        "net.ipv4.ip_local_port_range",
                                        "net.ipv4.ip_unprivileged_port_start",
                                        "net.ipv4.tcp_syncookies",
                                        "net.ipv4.ping_group_range",
                                        "net.ipv4.ip_local_reserved_ports",
                                        "net.ipv4.tcp_keepalive_time",
                                        "net.ipv4.tcp_fin_timeout",
                                        "net.ipv4.tcp_keepalive_intvl",
                                        "net.ipv4.tcp_keepalive_probes",
                                        "net.ipv4.tcp_rmem",
                                        "net.ipv4.tcp_wmem",
                                        "net.ipv4.tcp_slow_start_after_idle",
                                        "net.ipv4.tcp_notsent_lowat"};
  return std::ranges::find(kSafe, name) != std::end(kSafe);
}

}  // namespace quaymaster::rules
