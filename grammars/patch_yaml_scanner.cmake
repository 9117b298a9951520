# Writes OUTPUT, the YAML scanner of INPUT with three lines changed:
#  - the current row is not kept, and the row of an implicit key only as "this row" (0) or "another" (-1), since rows are
#    only ever compared with each other: no limit of 32,767 lines, and what follows a new line can be reused;
#  - the indentation stack stops before the end of tree-sitter's buffer instead of two bytes behind it.
include(${CMAKE_CURRENT_LIST_DIR}/replace_once.cmake)
file(READ ${INPUT} source)

replace_once("*(int16_t *)&buffer[size] = scanner->row;" "*(int16_t *)&buffer[size] = 0;")
replace_once("*(int16_t *)&buffer[size] = scanner->blk_imp_row;"
             "*(int16_t *)&buffer[size] = scanner->blk_imp_row == scanner->row ? 0 : -1;")
replace_once("typ_itr != typ_end && size < TREE_SITTER_SERIALIZATION_BUFFER_SIZE;"
             "typ_itr != typ_end && size + 4 <= TREE_SITTER_SERIALIZATION_BUFFER_SIZE;")
file(WRITE ${OUTPUT} "${source}")
