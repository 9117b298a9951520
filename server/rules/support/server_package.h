#pragma once
#include <string_view>

namespace quaymaster::rules {

/// The server that a package of a distribution brings: "nginx" of nginx-light, "php-fpm" of php8.3-fpm, "postgresql" of
/// postgresql-16. Empty for any other package. Login and time services have no place here.
[[nodiscard]] std::string_view server_of_package(std::string_view package);

}  // namespace quaymaster::rules
