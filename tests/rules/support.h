#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "quaymaster/analyzer.h"

namespace quaymaster::tests {

/// The analysis of `text` with only what `select` names switched on; `layer` sets options. The language follows
/// from `path` and text.
Analysis analyze(std::string_view path, std::string_view text, std::vector<std::string> select, Layer layer = {});

/// Settings with only what `select` names; fails the test when an item is unknown.
Settings settings_of(std::vector<std::string> select, Layer layer = {});

/// The text with a line of `^^^ code: message` under each finding, for messages of failed checks.
std::string shown(const Analysis& analysis);

}  // namespace quaymaster::tests
