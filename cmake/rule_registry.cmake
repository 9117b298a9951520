# Writes the list of all rules: file names are rule names, so nobody edits a list and branches do not conflict in one.
function(write_rule_registry output files)
  list(SORT files)
  set(declarations "")
  set(entries "")
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    string(APPEND declarations "extern const Rule ${name};  // ${file}\n")
    string(APPEND entries "      &rules::${name},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} CONTENT [[
// Generated from the folder server/rules by cmake/rule_registry.cmake.
#include "quaymaster/rule.h"

namespace quaymaster {
namespace rules {
@declarations@}  // namespace rules

RuleSet built_in_rules() {
  return RuleSet({
@entries@  });
}

}  // namespace quaymaster
]] @ONLY)
endfunction()
