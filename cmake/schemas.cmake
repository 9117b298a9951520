# The schemas are npm packages, pinned by schemas/package-lock.json and brought by `./dev deps`. schemas/generate.py turns
# them into tables that are compiled in; schemas/README.md says how.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# write_compose_schema(OUTPUT): a source file with the tables of the Compose schema, for server/model/schema/tables.h.
function(write_compose_schema output)
  set(schemas ${PROJECT_SOURCE_DIR}/schemas)
  set(schema ${schemas}/node_modules/dclint/schemas/compose.schema.json)
  if(NOT EXISTS ${schema})
    message(FATAL_ERROR "${schema} is missing: run ./dev deps")
  endif()
  add_custom_command(
    OUTPUT ${output}
    COMMAND Python3::Interpreter ${schemas}/generate.py ${schema} ${schemas}/compose_additions.json ${output}
    DEPENDS ${schemas}/generate.py ${schema} ${schemas}/compose_additions.json
    COMMENT "Reading the schema of Compose"
    VERBATIM)
endfunction()
