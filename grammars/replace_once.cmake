# replace_once(BEFORE AFTER): in the variable `source`, which must hold BEFORE exactly once. A package that is not the one
# that a patch was made for stops the build.
function(replace_once before after)
  string(FIND "${source}" "${before}" first)
  string(FIND "${source}" "${before}" last REVERSE)
  if(first EQUAL -1 OR NOT first EQUAL last)
    message(FATAL_ERROR "${INPUT} is not the file that this patch was made for: '${before}'")
  endif()
  string(REPLACE "${before}" "${after}" source "${source}")
  set(source "${source}" PARENT_SCOPE)
endfunction()
