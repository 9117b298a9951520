#ifndef DOCKERFILE_TEXT_H_
#define DOCKERFILE_TEXT_H_

// The rules for the text of each kind of unit: where it ends and what is special in it.

#include "characters.h"
#include "tokens.h"

typedef enum {
  ENDS_AT_WORD_BLANK,
  ENDS_AT_UNICODE_BLANK,
  ENDS_WITH_LINE,  // blanks belong to the text, except at the end of the line
  ENDS_AT_QUOTE,   // everything belongs to the text up to the closing quote
} TextEnd;

typedef enum {
  QUOTES_ARE_TEXT,
  QUOTES_HIDE_VARIABLES,  // no variables between single quotes, but blanks end the text all the same
  QUOTES_PROTECT_BLANKS,  // the quoted part belongs to the text as a whole
  QUOTES_ARE_NODES,       // a quote ends the text and starts a node of its own
} QuoteMeaning;

typedef enum {
  ESCAPE_IS_TEXT,     // means something at the end of a line only
  ESCAPE_TAKES_TEXT,  // the next character is text, unless it is a blank
  ESCAPE_TAKES_ANY,   // the next character is text, even a blank
} EscapeMeaning;

typedef struct {
  TextEnd end;
  QuoteMeaning quotes;
  EscapeMeaning escape;
  const char *separators;  // characters that end this part of the unit and start another one
  bool split_first;        // BuildKit splits at the separators before it looks for variables
} TextRule;

// Indexed by token type minus FIRST_TEXT_TOKEN.
static const TextRule TEXT_RULES[] = {
    [WORD_TEXT - FIRST_TEXT_TOKEN] = {ENDS_AT_WORD_BLANK, QUOTES_HIDE_VARIABLES, ESCAPE_TAKES_TEXT, "",
                                      false},
    [IMAGE_NAME_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_WORD_BLANK, QUOTES_HIDE_VARIABLES, ESCAPE_TAKES_TEXT, ":@", false},
    [IMAGE_TAG_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_WORD_BLANK, QUOTES_HIDE_VARIABLES, ESCAPE_TAKES_TEXT, "@", false},
    [PORT_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_WORD_BLANK, QUOTES_HIDE_VARIABLES, ESCAPE_TAKES_TEXT, "/", false},
    [FLAG_NAME_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_PROTECT_BLANKS, ESCAPE_TAKES_ANY, "=", true},
    [FLAG_VALUE_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_PROTECT_BLANKS, ESCAPE_TAKES_ANY, "", false},
    [MOUNT_KEY_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_ARE_TEXT, ESCAPE_TAKES_ANY, "=,", true},
    [MOUNT_VALUE_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_ARE_TEXT, ESCAPE_TAKES_ANY, ",", true},
    [KEY_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_PROTECT_BLANKS, ESCAPE_TAKES_ANY, "=", true},
    [VALUE_TEXT - FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_ARE_NODES, ESCAPE_TAKES_ANY, "", false},
    [DOUBLE_QUOTED_TEXT - FIRST_TEXT_TOKEN] = {ENDS_AT_QUOTE, QUOTES_ARE_TEXT, ESCAPE_TAKES_ANY, "\"", true},
    [SINGLE_QUOTED_TEXT - FIRST_TEXT_TOKEN] = {ENDS_AT_QUOTE, QUOTES_ARE_TEXT, ESCAPE_IS_TEXT, "'", true},
    [REST_TEXT - FIRST_TEXT_TOKEN] = {ENDS_WITH_LINE, QUOTES_HIDE_VARIABLES, ESCAPE_TAKES_TEXT, "", false},
    [PLAIN_TEXT - FIRST_TEXT_TOKEN] = {ENDS_WITH_LINE, QUOTES_ARE_TEXT, ESCAPE_IS_TEXT, "", false},
    [SHELL_FRAGMENT - FIRST_TEXT_TOKEN] = {ENDS_WITH_LINE, QUOTES_ARE_TEXT, ESCAPE_IS_TEXT, "", false},
    [SHELL_WORD_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_UNICODE_BLANK, QUOTES_PROTECT_BLANKS, ESCAPE_TAKES_ANY, "", false},
    [VARIABLE_WORD_TEXT -
        FIRST_TEXT_TOKEN] = {ENDS_AT_QUOTE, QUOTES_PROTECT_BLANKS, ESCAPE_TAKES_ANY, "}", false},
};

static inline const TextRule *text_rule(enum TokenType text) { return &TEXT_RULES[text - FIRST_TEXT_TOKEN]; }

static inline bool blank_ends_text(const TextRule *rule, int32_t character) {
  switch (rule->end) {
    case ENDS_AT_WORD_BLANK:
      return is_word_blank(character);
    case ENDS_AT_UNICODE_BLANK:
      return is_unicode_blank(character);
    default:
      return false;
  }
}

static inline bool is_separator(const TextRule *rule, int32_t character) {
  for (const char *separator = rule->separators; *separator != '\0'; separator++) {
    if (*separator == character) return true;
  }
  return false;
}

// Does the escape token make text of this character?  Not of the `=` behind a name, at which BuildKit
// splits first.
static inline bool escape_takes(const TextRule *rule, int32_t character) {
  if (rule->end != ENDS_AT_QUOTE && rule->split_first && is_separator(rule, character)) return false;
  if (rule->escape == ESCAPE_TAKES_ANY) return true;
  return rule->escape == ESCAPE_TAKES_TEXT && !is_word_blank(character);
}

#endif  // DOCKERFILE_TEXT_H_
