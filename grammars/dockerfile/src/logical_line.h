#ifndef DOCKERFILE_LOGICAL_LINE_H_
#define DOCKERFILE_LOGICAL_LINE_H_

// Look-ahead over a logical line, the way BuildKit joins physical lines.
//
// A line goes on in the next one when its last character other than blanks is the escape token and no other
// escape token stands right before that (so a line that ends with two of them, or with three, does not go
// on).  The escape token, the blanks behind it and the line end vanish; the leading blanks of the next line
// stay.  Comment lines and empty lines in between vanish as a whole.  Quotes play no part in this.

#include "characters.h"

// Not a character, and not the -1 of the lexer for an invalid byte either.
#define END_OF_LOGICAL_LINE INT32_MIN

typedef struct {
  TSLexer *lexer;
  int32_t escape;
  int32_t previous;         // the character before, 0 at the start of a physical line
  uint32_t pending_blanks;  // blanks that were passed already and are still to be given …
  int32_t pending_blank;    // … as spaces, or all as tabs when there was anything else among them
  bool joined;              // whether the line went over a continuation
  bool finished;
} LogicalLine;

static inline LogicalLine logical_line_from(TSLexer *lexer, int32_t escape, int32_t previous) {
  return (LogicalLine){.lexer = lexer, .escape = escape, .previous = previous};
}

// Advances over the blanks and carriage returns that may stand between an escape token and the end of the
// line, and returns how many there were.
static inline uint32_t advance_over_line_end_blanks(TSLexer *lexer) {
  uint32_t count = 0;
  for (; is_continuation_blank(lexer->lookahead); count++) advance(lexer);
  for (; lexer->lookahead == '\r'; count++) advance(lexer);
  return count;
}

static inline void advance_to_line_end(TSLexer *lexer) {
  while (!at_line_end(lexer)) advance(lexer);
}

// Goes from the end of a continued line to the next line with text and stops behind its leading blanks.
static inline void logical_line_join(LogicalLine *line) {
  TSLexer *lexer = line->lexer;
  line->joined = true;
  line->previous = 0;
  while (!lexer->eof(lexer)) {
    advance(lexer);  // the line feed
    uint32_t leading_blanks = 0;
    line->pending_blank = ' ';
    for (; is_unicode_blank(lexer->lookahead); leading_blanks++) {
      if (lexer->lookahead != ' ') line->pending_blank = '\t';
      advance(lexer);
    }
    if (lexer->lookahead == '#') advance_to_line_end(lexer);
    if (at_line_end(lexer)) continue;
    line->pending_blanks = leading_blanks;
    return;
  }
  line->finished = true;
}

// The next character of the logical line.
static inline int32_t logical_line_next(LogicalLine *line) {
  TSLexer *lexer = line->lexer;
  for (;;) {
    if (line->pending_blanks > 0) {
      line->pending_blanks--;
      return line->previous = line->pending_blank;
    }
    if (line->finished || at_line_end(lexer)) {
      line->finished = true;
      return END_OF_LOGICAL_LINE;
    }
    int32_t character = lexer->lookahead;
    bool may_continue = character == line->escape && line->previous != line->escape;
    advance(lexer);
    line->previous = character;
    if (!may_continue) return character;
    uint32_t blanks = advance_over_line_end_blanks(lexer);
    if (!at_line_end(lexer)) {
      line->pending_blanks = blanks;
      line->pending_blank = ' ';
      return character;
    }
    logical_line_join(line);
  }
}

#endif  // DOCKERFILE_LOGICAL_LINE_H_
