#ifndef DOCKERFILE_STATE_H_
#define DOCKERFILE_STATE_H_

// What the scanner remembers between two tokens.
//
// The runtime stores this state with every token and reuses the tokens behind an edit only where the state
// is equal. Hence the state holds nothing positional: no offsets, no rows, no counters that grow with the
// file.

#include "heredoc.h"

// Parser directives are recognised only in the lines at the very top of the file.
typedef enum {
  DIRECTIVE_MAY_START,  // at the start of a line, and all lines so far were directives
  BEHIND_DIRECTIVE,     // in the rest of the line of a directive
  NO_MORE_DIRECTIVES,
} DirectivePhase;

typedef enum {
  WITHIN_LINE,
  AT_LINE_START,   // behind the line feed of a continuation, a comment line or an empty line
  BEHIND_COMMENT,  // at the end of a comment line inside an instruction
} LinePosition;

// BuildKit refuses nested ONBUILD anyway; deeper ones become unknown instructions, so that trees stay
// shallow.
#define MAX_ONBUILD_DEPTH 16

// Each heredoc without an end makes the scanner read the whole rest of the file in search of it.  BuildKit
// refuses a file with only one of them, so nothing is lost by looking for no more heredocs after some.
#define MAX_UNTERMINATED_HEREDOCS 8

typedef struct {
  int32_t escape;  // the escape token: a backslash or a backquote
  DirectivePhase directive_phase;
  LinePosition line_position;
  bool separated;      // white space stood between the last part of a unit and the continuation(s) behind it
  int32_t open_quote;  // the quote that is open in the text of a flag or a pair, or 0
  uint8_t onbuild_depth;  // how many ONBUILD keywords this line has had
  uint8_t unterminated_heredocs;
  HeredocQueue heredocs;  // opened by the current instruction, their bodies not yet passed
} ScannerState;

enum { STATE_HEADER_SIZE = 8, DELIMITER_SIZE = 11 };

static inline void state_reset(ScannerState *state) {
  state->escape = '\\';
  state->directive_phase = DIRECTIVE_MAY_START;
  state->line_position = WITHIN_LINE;
  state->separated = false;
  state->open_quote = 0;
  state->onbuild_depth = 0;
  state->unterminated_heredocs = 0;
  heredoc_queue_clear(&state->heredocs);
}

// Forgets what belongs to the current line; the heredocs of the instruction are still to come.
static inline void state_end_line(ScannerState *state) {
  state->line_position = WITHIN_LINE;
  state->separated = false;
  state->open_quote = 0;
  state->onbuild_depth = 0;
}

static inline char *write_delimiter(char *out, const HeredocDelimiter *delimiter) {
  memcpy(out, &delimiter->hash, 8);
  memcpy(out + 8, &delimiter->length, 2);
  out[10] = (char)delimiter->strips_tabs;
  return out + DELIMITER_SIZE;
}

static inline const char *read_stored_delimiter(const char *in, HeredocDelimiter *delimiter) {
  memcpy(&delimiter->hash, in, 8);
  memcpy(&delimiter->length, in + 8, 2);
  delimiter->strips_tabs = in[10] != 0;
  return in + DELIMITER_SIZE;
}

static inline unsigned state_write(const ScannerState *state, char *buffer) {
  char *out = buffer;
  *out++ = (char)state->escape;
  *out++ = (char)state->directive_phase;
  *out++ = (char)state->line_position;
  *out++ = (char)state->separated;
  *out++ = (char)state->open_quote;
  *out++ = (char)state->onbuild_depth;
  *out++ = (char)state->unterminated_heredocs;
  *out++ = (char)state->heredocs.count;
  for (uint8_t index = 0; index < state->heredocs.count; index++) {
    out = write_delimiter(out, &state->heredocs.delimiters[index]);
  }
  return (unsigned)(out - buffer);
}

static inline void state_read(ScannerState *state, const char *buffer, unsigned length) {
  state_reset(state);
  if (length < STATE_HEADER_SIZE) return;
  const char *in = buffer;
  state->escape = *in++;
  state->directive_phase = (DirectivePhase)*in++;
  state->line_position = (LinePosition)*in++;
  state->separated = *in++ != 0;
  state->open_quote = *in++;
  state->onbuild_depth = (uint8_t)*in++;
  state->unterminated_heredocs = (uint8_t)*in++;
  state->heredocs.count = (uint8_t)*in++;
  for (uint8_t index = 0; index < state->heredocs.count; index++) {
    in = read_stored_delimiter(in, &state->heredocs.delimiters[index]);
  }
}

#endif  // DOCKERFILE_STATE_H_
