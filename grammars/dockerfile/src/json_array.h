#ifndef DOCKERFILE_JSON_ARRAY_H_
#define DOCKERFILE_JSON_ARRAY_H_

// Is the rest of the logical line a JSON array of strings?
//
// BuildKit tries to decode the arguments with Go's encoding/json and silently takes the shell form (or
// plain words) when that fails: single quotes, a trailing comma, text behind the `]`, a raw control
// character or a bad escape in a string are enough.  (An array with other values than strings makes
// BuildKit reject the whole file; here it is shell form.)

#include <string.h>

#include "logical_line.h"

static inline int32_t json_next_token(LogicalLine *line) {
  int32_t character;
  do {
    character = logical_line_next(line);
  } while (character == ' ' || character == '\t' || character == '\r');
  return character;
}

// Behind a backslash in a string.
static inline bool json_escape_is_valid(LogicalLine *line) {
  int32_t character = logical_line_next(line);
  if (character == 'u') {
    for (int digit = 0; digit < 4; digit++) {
      if (!is_hex_digit(logical_line_next(line))) return false;
    }
    return true;
  }
  return character > 0 && character < 0x80 && strchr("\"\\/bfnrt", character) != NULL;
}

// Behind the opening quote of a string.
static inline bool json_string_is_valid(LogicalLine *line) {
  for (;;) {
    int32_t character = logical_line_next(line);
    if (character == '"') return true;
    if (character == END_OF_LOGICAL_LINE || (character >= 0 && character < ' ')) return false;
    if (character == '\\' && !json_escape_is_valid(line)) return false;
  }
}

static inline bool only_blanks_follow(LogicalLine *line) {
  int32_t character;
  do {
    character = logical_line_next(line);
  } while (is_unicode_blank(character));
  return character == END_OF_LOGICAL_LINE;
}

static inline bool json_array_of_strings_follows(LogicalLine line) {
  if (json_next_token(&line) != '[') return false;
  int32_t token = json_next_token(&line);
  if (token != ']') {
    for (;;) {
      if (token != '"' || !json_string_is_valid(&line)) return false;
      token = json_next_token(&line);
      if (token == ']') break;
      if (token != ',') return false;
      token = json_next_token(&line);
    }
  }
  return only_blanks_follow(&line);
}

#endif  // DOCKERFILE_JSON_ARRAY_H_
