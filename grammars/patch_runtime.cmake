# Writes OUTPUT, the runtime's parser of INPUT with one loop added: error recovery joins an error node with the one before
# it, again for every token in a text that is broken all along, and copies their children each time. That work counts for
# the progress function now, a call for each hundred children, so that a budget sees it.
include(${CMAKE_CURRENT_LIST_DIR}/replace_once.cmake)
file(READ ${INPUT} source)
replace_once([[    ts_subtree_array_remove_trailing_extras(&slice.subtrees, &self->trailing_extras);

    if (slice.subtrees.size > 0) {
      Subtree error = ts_subtree_new_error_node(&slice.subtrees, true, self->language);]]
[[    ts_subtree_array_remove_trailing_extras(&slice.subtrees, &self->trailing_extras);

    if (self->parse_options.progress_callback)
      for (uint32_t seen = OP_COUNT_PER_PARSER_TIMEOUT_CHECK; seen <= slice.subtrees.size;
           seen += OP_COUNT_PER_PARSER_TIMEOUT_CHECK)
        self->parse_options.progress_callback(&self->parse_state);

    if (slice.subtrees.size > 0) {
      Subtree error = ts_subtree_new_error_node(&slice.subtrees, true, self->language);]])
file(WRITE ${OUTPUT} "${source}")
