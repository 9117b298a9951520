# The saved texts of the fuzz targets, as tests of every build.
include(${CMAKE_CURRENT_LIST_DIR}/targets.cmake)
foreach(target ${fuzz_targets})
  add_fuzz_program(replay_${target} ${target} ${CMAKE_CURRENT_LIST_DIR}/replay_main.cpp)
  add_test(NAME fuzz_corpus_${target} COMMAND replay_${target} ${CMAKE_CURRENT_LIST_DIR}/corpus/${target}
           ${CMAKE_CURRENT_LIST_DIR}/../fixtures/nasty)
  set_tests_properties(fuzz_corpus_${target} PROPERTIES TIMEOUT 300)
endforeach()
