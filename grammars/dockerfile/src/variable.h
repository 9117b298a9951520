#ifndef DOCKERFILE_VARIABLE_H_
#define DOCKERFILE_VARIABLE_H_

// Is there a complete variable behind a `$`?
//
// A `${…}` becomes a node only when it is of a form that BuildKit expands and when it ends within its unit
// and on its physical line.  The scanner finds that out before it gives the marker, so that the tokens
// behind are certain to come. Anything else stays text.

#include "logical_line.h"
#include "text.h"

// The look-ahead gives up on longer or deeper variables: each `${` costs at most this much, however hostile
// the file.
#define MAX_VARIABLE_LENGTH 512
#define MAX_VARIABLE_NESTING 8

typedef struct {
  TSLexer *lexer;
  int32_t escape;
  const TextRule *rule;  // of the text around the variable
  bool is_quoted;        // that text is within quotes
  unsigned budget;
} VariableLookahead;

static inline bool lookahead_advance(VariableLookahead *ahead) {
  if (ahead->budget == 0) return false;
  ahead->budget--;
  advance(ahead->lexer);
  return true;
}

// Does BuildKit split the text around the variable at this character, whatever quotes stand around it?
static inline bool splits_always(const VariableLookahead *ahead, int32_t character) {
  if (ahead->rule->split_first && is_separator(ahead->rule, character)) return true;
  return ahead->rule->end == ENDS_AT_WORD_BLANK && is_word_blank(character);
}

// … or unless it stands within quotes?
static inline bool splits_outside_quotes(const VariableLookahead *ahead, int32_t character) {
  return splits_always(ahead, character) || (!ahead->is_quoted && blank_ends_text(ahead->rule, character));
}

// A name of at least one character.
static inline bool lookahead_name(VariableLookahead *ahead) {
  TSLexer *lexer = ahead->lexer;
  if (is_special_parameter(lexer->lookahead)) return lookahead_advance(ahead);
  bool is_number = is_ascii_digit(lexer->lookahead);
  if (!is_name_character(lexer->lookahead)) return false;
  while (is_number ? is_ascii_digit(lexer->lookahead) : is_name_character(lexer->lookahead)) {
    if (!lookahead_advance(ahead)) return false;
  }
  return true;
}

// `'…'` or `"…"` within the word of a variable; no escapes in it.
static inline bool lookahead_quoted(VariableLookahead *ahead) {
  TSLexer *lexer = ahead->lexer;
  int32_t quote = lexer->lookahead;
  if (ahead->is_quoted) return false;
  do {
    if (!lookahead_advance(ahead) || at_line_end(lexer)) return false;
    if (lexer->lookahead == ahead->escape || splits_always(ahead, lexer->lookahead)) return false;
  } while (lexer->lookahead != quote);
  return lookahead_advance(ahead);
}

static inline bool lookahead_braces(VariableLookahead *ahead, unsigned depth);

// The word behind an operator, with the character that ends it.
static inline bool lookahead_word(VariableLookahead *ahead, int32_t stop, unsigned depth) {
  TSLexer *lexer = ahead->lexer;
  while (lexer->lookahead != stop) {
    int32_t character = lexer->lookahead;
    if (at_line_end(lexer) || splits_outside_quotes(ahead, character)) return false;
    if (character == '\'' || character == '"') {
      if (!lookahead_quoted(ahead)) return false;
      continue;
    }
    if (!lookahead_advance(ahead)) return false;
    if (character == ahead->escape) {
      if (at_line_end(lexer) || is_word_blank(lexer->lookahead) || !lookahead_advance(ahead)) return false;
    } else if (character == '$' && lexer->lookahead == '{') {
      if (!lookahead_advance(ahead) || !lookahead_braces(ahead, depth + 1)) return false;
    }
  }
  return lookahead_advance(ahead);
}

// Behind `${`, up to and with the `}`.
static inline bool lookahead_braces(VariableLookahead *ahead, unsigned depth) {
  TSLexer *lexer = ahead->lexer;
  if (depth > MAX_VARIABLE_NESTING || !lookahead_name(ahead)) return false;
  int32_t operator_start = lexer->lookahead;
  if (at_line_end(lexer) || !lookahead_advance(ahead)) return false;
  switch (operator_start) {
    case '}':
      return true;
    case ':':
      if (lexer->lookahead != '-' && lexer->lookahead != '+' && lexer->lookahead != '?') return false;
      return lookahead_word(ahead, '}', depth);
    case '-':
    case '+':
    case '?':
    case '#':
    case '%':
      return lookahead_word(ahead, '}', depth);
    case '/':
      if (lexer->lookahead == '/' && !lookahead_advance(ahead)) return false;
      return lookahead_word(ahead, '/', depth) && lookahead_word(ahead, '}', depth);
    default:
      return false;
  }
}

// Does the name go on in the next physical line?
static inline bool name_is_continued(VariableLookahead *ahead) {
  if (ahead->lexer->lookahead != ahead->escape) return false;
  LogicalLine line = logical_line_from(ahead->lexer, ahead->escape, 0);
  return is_name_character(logical_line_next(&line)) && line.joined;
}

// At the character behind a `$`.
static inline bool plain_variable_follows(VariableLookahead *ahead) {
  return lookahead_name(ahead) && !name_is_continued(ahead);
}

#endif  // DOCKERFILE_VARIABLE_H_
