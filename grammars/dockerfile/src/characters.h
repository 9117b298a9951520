#ifndef DOCKERFILE_CHARACTERS_H_
#define DOCKERFILE_CHARACTERS_H_

// Classes of characters, and the smallest steps of the lexer.
//
// BuildKit uses a different notion of white space in each step (Go's `unicode.IsSpace`, the class `\s` of
// regular expressions, plain blanks …), so there are several classes here, too.  None of them contains the
// line feed, which is never part of a line.

#include <stdbool.h>
#include <stdint.h>

#include "tree_sitter/parser.h"

// Splits the keyword from its arguments and the words of FROM, EXPOSE, COPY, ADD and VOLUME.
static inline bool is_word_blank(int32_t character) {
  return character == ' ' || character == '\t' || character == '\v' || character == '\f' || character == '\r';
}

// White space for Go's `unicode.IsSpace`: around a line, in front of a comment, between `name=value` words.
static inline bool is_unicode_blank(int32_t character) {
  if (character < 0x80) return is_word_blank(character);
  return character == 0x85 || character == 0xA0 || character == 0x1680 ||
         (character >= 0x2000 && character <= 0x200A) || character == 0x2028 || character == 0x2029 ||
         character == 0x202F || character == 0x205F || character == 0x3000;
}

// May stand between the escape token and the end of a continued line.
static inline bool is_continuation_blank(int32_t character) { return character == ' ' || character == '\t'; }

static inline bool is_ascii_digit(int32_t character) { return character >= '0' && character <= '9'; }

static inline bool is_ascii_letter(int32_t character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
}

static inline int32_t to_ascii_lower(int32_t character) {
  return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
}

static inline bool is_hex_digit(int32_t character) {
  return is_ascii_digit(character) || (character >= 'a' && character <= 'f') ||
         (character >= 'A' && character <= 'F');
}

// A character of a variable name.  BuildKit takes every Unicode letter and digit.  Tables of them are not
// worth their size here, so everything beyond ASCII that is neither white space nor in the blocks of
// punctuation counts.
static inline bool is_name_character(int32_t character) {
  if (character < 0x80) return is_ascii_letter(character) || is_ascii_digit(character) || character == '_';
  bool is_punctuation = character < 0xAA || (character >= 0x2000 && character < 0x2C00) ||
                        (character >= 0x3000 && character < 0x3040);
  return !is_punctuation && !is_unicode_blank(character);
}

// A variable with a name of one special character, as in `$?`.
static inline bool is_special_parameter(int32_t character) {
  return character == '@' || character == '*' || character == '#' || character == '?' || character == '-' ||
         character == '$' || character == '!';
}

static inline void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static inline void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static inline bool at_line_end(TSLexer *lexer) { return lexer->lookahead == '\n' || lexer->eof(lexer); }

static inline bool skip_word_blanks(TSLexer *lexer) {
  bool skipped = false;
  while (is_word_blank(lexer->lookahead)) {
    skip(lexer);
    skipped = true;
  }
  return skipped;
}

static inline bool skip_unicode_blanks(TSLexer *lexer) {
  bool skipped = false;
  while (is_unicode_blank(lexer->lookahead)) {
    skip(lexer);
    skipped = true;
  }
  return skipped;
}

// Advances to the end of the line.  The token ends in front of its carriage returns.
static inline void advance_to_end_of_line_text(TSLexer *lexer) {
  while (!at_line_end(lexer)) {
    bool is_text = lexer->lookahead != '\r';
    advance(lexer);
    if (is_text) lexer->mark_end(lexer);
  }
}

#endif  // DOCKERFILE_CHARACTERS_H_
