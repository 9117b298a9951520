# Compiles the headers that nearly every file includes once for all targets that share them. Release builds do without,
# so that it shows when a file does not include what it uses.
option(QUAYMASTER_PRECOMPILE "Precompile the headers of libraries" OFF)

# quaymaster_precompiled(TARGET FROM [HEADER…]): TARGET uses what is precompiled for FROM; FROM itself brings the headers.
function(quaymaster_precompiled target from)
  if(NOT QUAYMASTER_PRECOMPILE)
    return()
  endif()
  if(target STREQUAL from)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <atomic> <functional> <map> <memory> <optional> <set>
      <string> <string_view> <unordered_map> <utility> <variant> <vector> ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${from})
  endif()
  # g++ 12 forgets there which code is the library's, and warns of what inlining it looks like.
  target_compile_options(${target} PRIVATE -Wno-error=array-bounds -Wno-error=maybe-uninitialized)
endfunction()
