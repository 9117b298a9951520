# The warnings of our own code. Grammars and runtime come from elsewhere and are compiled without them.
add_library(quaymaster_warnings INTERFACE)
target_compile_options(quaymaster_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Wno-missing-field-initializers)
if(QUAYMASTER_WERROR)
  target_compile_options(quaymaster_warnings INTERFACE -Werror)
endif()
