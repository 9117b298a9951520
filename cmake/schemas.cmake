# The schemas are npm packages, pinned by schemas/package-lock.json and brought by `./dev deps`. schemas/generate.py turns
# them into tables that are compiled in; schemas/README.md says how.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# write_schemas(OUTPUT): a source file with the tables of all schemas, for server/model/schema/tables.h.
function(write_schemas output)
  set(schemas ${PROJECT_SOURCE_DIR}/schemas)
  set(compose ${schemas}/node_modules/dclint/schemas/compose.schema.json)
  set(kubernetes ${schemas}/node_modules/kubernetes-models ${schemas}/node_modules/@kubernetes-models/apimachinery)
  set(sources ${schemas}/generate.py ${schemas}/nodes.py ${schemas}/compose.py ${schemas}/kubernetes.py
    ${schemas}/compose_additions.json ${compose})
  foreach(package ${kubernetes})
    list(APPEND sources ${package}/package.json)
  endforeach()
  foreach(source ${sources})
    if(NOT EXISTS ${source})
      message(FATAL_ERROR "${source} is missing: run ./dev deps")
    endif()
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND Python3::Interpreter -B ${schemas}/generate.py ${output} ${compose} ${schemas}/compose_additions.json
      ${kubernetes}
    DEPENDS ${sources}
    COMMENT "Reading the schemas"
    VERBATIM)
endfunction()
