#pragma once
#include <cstdint>
#include <string_view>

#include "model/image/reference.h"

/// What is known of public images and the user that they start as.
namespace quaymaster::rules {

enum class StartsAs : std::uint8_t { Root, Other, Unknown };

/// Whom the image starts as, going by its name and its tag. `Other` as well for one whose entrypoint changes from root
/// to another user, and for Windows, where the question is another one.
[[nodiscard]] StartsAs user_of_image(const image::Reference& image);

/// Whether the entrypoint of the image, started as root, changes to another user, so that root is what it wants.
[[nodiscard]] bool changes_user_itself(const image::Reference& image);

/// Whether it is the image of a server that starts without a command being written down.
[[nodiscard]] bool starts_by_itself(const image::Reference& image);

/// A user that an image which starts as root brings along for programs to run as; empty when there is none.
[[nodiscard]] std::string_view spare_user(const image::Reference& image);

}  // namespace quaymaster::rules
