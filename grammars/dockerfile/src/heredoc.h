#ifndef DOCKERFILE_HEREDOC_H_
#define DOCKERFILE_HEREDOC_H_

// Heredocs: which words of a logical line open one, and where their bodies end.
//
// BuildKit splits the whole logical line into words with its shell lexer (escape token always `\`, quotes
// and escapes kept, unknown variables left as they are) and takes each word `[digits]<<[-]delimiter` for a
// heredoc.  If the lexer fails anywhere in the line (an unbalanced quote, a `${…}` it does not know), the
// line has no heredoc at all.

#include <string.h>

#include "logical_line.h"

// ----------------------------------------------------------------------------------- delimiters, the queue

// Limits of this scanner, because its state has to fit into a fixed buffer.
#define MAX_HEREDOCS 48
#define MAX_HEREDOC_WORD 256

// A delimiter is kept as the hash and the length of its text, which is enough to recognise the line that
// ends the body.
typedef struct {
  uint64_t hash;
  uint16_t length;
  bool strips_tabs;  // opened with `<<-`
} HeredocDelimiter;

typedef struct {
  uint8_t count;
  HeredocDelimiter delimiters[MAX_HEREDOCS];
} HeredocQueue;

static inline void heredoc_queue_clear(HeredocQueue *queue) { queue->count = 0; }

static inline void heredoc_queue_pop(HeredocQueue *queue) {
  queue->count--;
  memmove(queue->delimiters, queue->delimiters + 1, queue->count * sizeof(HeredocDelimiter));
}

static inline bool same_delimiter(const HeredocDelimiter *left, const HeredocDelimiter *right) {
  return left->hash == right->hash && left->length == right->length &&
         left->strips_tabs == right->strips_tabs;
}

static inline bool heredoc_queue_contains(const HeredocQueue *queue, const HeredocDelimiter *delimiter) {
  for (uint8_t index = 0; index < queue->count; index++) {
    if (same_delimiter(&queue->delimiters[index], delimiter)) return true;
  }
  return false;
}

static inline void delimiter_start(HeredocDelimiter *delimiter) {
  delimiter->hash = UINT64_C(14695981039346656037);  // FNV-1a
  delimiter->length = 0;
}

static inline void delimiter_append(HeredocDelimiter *delimiter, int32_t character) {
  delimiter->hash = (delimiter->hash ^ (uint32_t)character) * UINT64_C(1099511628211);
  if (delimiter->length < UINT16_MAX) delimiter->length++;
}

// -------------------------------------------------------------------------------------- words of the shell

// Reads the shell words of a logical line, one look-ahead character in `current`.
typedef struct {
  LogicalLine line;
  int32_t current;
  int32_t word[MAX_HEREDOC_WORD];
  uint32_t word_length;
  bool word_is_too_long;
  HeredocQueue *found;  // where complete heredoc words go
  bool too_many;
} ShellLexer;

static inline void shell_lexer_start(ShellLexer *shell, LogicalLine line, HeredocQueue *found) {
  shell->line = line;
  shell->word_length = 0;
  shell->word_is_too_long = false;
  shell->found = found;
  shell->too_many = false;
  shell->current = logical_line_next(&shell->line);
}

static inline bool shell_at_end(const ShellLexer *shell) { return shell->current == END_OF_LOGICAL_LINE; }

static inline void shell_skip(ShellLexer *shell) { shell->current = logical_line_next(&shell->line); }

static inline void shell_append(ShellLexer *shell, int32_t character) {
  if (shell->word_length < MAX_HEREDOC_WORD) {
    shell->word[shell->word_length++] = character;
  } else {
    shell->word_is_too_long = true;
  }
}

// Puts the current character into the word and goes on.
static inline void shell_take(ShellLexer *shell) {
  shell_append(shell, shell->current);
  shell_skip(shell);
}

// The text of a delimiter behind `<<`, without its quotes.  False when it is empty.
static inline bool read_delimiter(const int32_t *text, uint32_t length, HeredocDelimiter *delimiter) {
  int32_t quote = 0;
  delimiter_start(delimiter);
  for (uint32_t index = 0; index < length; index++) {
    int32_t character = text[index];
    bool has_next = index + 1 < length;
    if (character == '<') return false;
    if (quote == 0 && (character == '\'' || character == '"')) {
      quote = character;
    } else if (quote != 0 && character == quote) {
      quote = 0;
    } else if (character == '\\' && quote == 0) {
      if (has_next) delimiter_append(delimiter, text[++index]);
    } else if (character == '\\' && quote == '"' && has_next &&
               (text[index + 1] == '"' || text[index + 1] == '$' || text[index + 1] == '\\')) {
      delimiter_append(delimiter, text[++index]);
    } else {
      delimiter_append(delimiter, character);
    }
  }
  return delimiter->length > 0;
}

// Is this word `[digits]<<[-]delimiter`?
static inline bool read_heredoc_word(const int32_t *word, uint32_t length, HeredocDelimiter *delimiter) {
  uint32_t index = 0;
  while (index < length && is_ascii_digit(word[index])) index++;
  if (index + 2 > length || word[index] != '<' || word[index + 1] != '<') return false;
  index += 2;
  delimiter->strips_tabs = index < length && word[index] == '-';
  if (delimiter->strips_tabs) index++;
  while (index < length && (is_continuation_blank(word[index]) || word[index] == '\f' || word[index] == '\r'))
    index++;
  return read_delimiter(word + index, length - index, delimiter);
}

static inline void shell_end_word(ShellLexer *shell) {
  HeredocDelimiter delimiter;
  if (!shell->word_is_too_long && read_heredoc_word(shell->word, shell->word_length, &delimiter)) {
    if (shell->found->count < MAX_HEREDOCS) {
      shell->found->delimiters[shell->found->count++] = delimiter;
    } else {
      shell->too_many = true;
    }
  }
  shell->word_length = 0;
  shell->word_is_too_long = false;
}

static inline bool shell_take_single_quoted(ShellLexer *shell) {
  shell_take(shell);
  while (!shell_at_end(shell) && shell->current != '\'') shell_take(shell);
  if (shell_at_end(shell)) return false;
  shell_take(shell);
  return true;
}

static inline bool shell_take_dollar(ShellLexer *shell, bool splits, unsigned depth);

static inline bool shell_take_double_quoted(ShellLexer *shell, unsigned depth) {
  shell_take(shell);
  while (!shell_at_end(shell) && shell->current != '"') {
    if (shell->current == '$') {
      if (!shell_take_dollar(shell, false, depth)) return false;
    } else if (shell->current == '\\') {
      shell_take(shell);
      if (shell->current == '"' || shell->current == '$' || shell->current == '\\') shell_take(shell);
    } else {
      shell_take(shell);
    }
  }
  if (shell_at_end(shell)) return false;
  shell_take(shell);
  return true;
}

// `<<` keeps the blanks behind it, so that `<< EOF` is one word.
static inline void shell_take_less_than(ShellLexer *shell) {
  shell_take(shell);
  if (shell->current != '<') return;
  shell_take(shell);
  while (shell->current == ' ' || shell->current == '\t' || shell->current == '\r') shell_take(shell);
}

static inline void shell_take_escape(ShellLexer *shell) {
  shell_take(shell);
  if (!shell_at_end(shell)) shell_take(shell);
}

// Takes text up to `stop` (the end of the line for END_OF_LOGICAL_LINE).  When `splits` is set, blanks end
// words.
static inline bool shell_take_until(ShellLexer *shell, int32_t stop, bool splits, unsigned depth) {
  while (!shell_at_end(shell)) {
    if (shell->current == stop) {
      shell_take(shell);
      return true;
    }
    switch (shell->current) {
      case '\'':
        if (!shell_take_single_quoted(shell)) return false;
        break;
      case '"':
        if (!shell_take_double_quoted(shell, depth)) return false;
        break;
      case '$':
        if (!shell_take_dollar(shell, splits, depth)) return false;
        break;
      case '<':
        shell_take_less_than(shell);
        break;
      case '\\':
        shell_take_escape(shell);
        break;
      default:
        if (splits && is_unicode_blank(shell->current)) {
          shell_end_word(shell);
          shell_skip(shell);
        } else {
          shell_take(shell);
        }
    }
  }
  return stop == END_OF_LOGICAL_LINE;
}

// The name of a variable, which may be empty: digits, one special character, or letters, digits and `_`.
static inline void shell_take_name(ShellLexer *shell) {
  if (is_ascii_digit(shell->current)) {
    while (is_ascii_digit(shell->current)) shell_take(shell);
  } else if (is_special_parameter(shell->current)) {
    shell_take(shell);
  } else {
    while (is_name_character(shell->current)) shell_take(shell);
  }
}

// Deeper nesting than this is taken for a failure, so that no input can exhaust the stack.
#define MAX_VARIABLE_DEPTH 32

// `$name`, `${name}` or `${name<operator>word}`; false for a form that BuildKit does not know.
static inline bool shell_take_dollar(ShellLexer *shell, bool splits, unsigned depth) {
  shell_take(shell);
  if (shell->current != '{') {
    shell_take_name(shell);
    return true;
  }
  shell_take(shell);
  if (depth >= MAX_VARIABLE_DEPTH || shell->current == '{' || shell->current == '}' ||
      shell->current == ':') {
    return false;
  }
  shell_take_name(shell);
  int32_t form = shell->current;
  if (shell_at_end(shell)) return false;
  shell_take(shell);
  switch (form) {
    case '}':
      return true;
    case ':':
      if (shell_at_end(shell) || shell->current == '#' || shell->current == '%') return false;
      shell_take(shell);
      return shell_take_until(shell, '}', splits, depth + 1);
    case '+':
    case '-':
    case '?':
    case '#':
    case '%':
      return shell_take_until(shell, '}', splits, depth + 1);
    case '/':
      if (shell->current == '/') shell_take(shell);
      return shell_take_until(shell, '/', splits, depth + 1) &&
             shell_take_until(shell, '}', splits, depth + 1);
    default:
      return false;
  }
}

// -------------------------------------------------------------------------------------- use in the scanner

// Fills the queue with the heredocs that the rest of the logical line opens.
static inline void find_heredocs(LogicalLine line, HeredocQueue *queue) {
  ShellLexer shell;
  heredoc_queue_clear(queue);
  shell_lexer_start(&shell, line, queue);
  bool is_lexed = shell_take_until(&shell, END_OF_LOGICAL_LINE, true, 0);
  if (is_lexed) shell_end_word(&shell);
  if (!is_lexed || shell.too_many) heredoc_queue_clear(queue);
}

// One word of a logical line, read without regard to variables.
typedef struct {
  int32_t text[MAX_HEREDOC_WORD];
  uint32_t length;
  int32_t quote;    // the open quote or 0
  bool is_escaped;  // the last character was a backslash that takes the next one
} HeredocWord;

static inline bool word_append(HeredocWord *word, int32_t character) {
  if (word->length == MAX_HEREDOC_WORD) return false;
  word->text[word->length++] = character;
  if (word->is_escaped) {
    word->is_escaped = false;
  } else if (character == '\\' && word->quote != '\'') {
    word->is_escaped = true;
  } else if (character == word->quote) {
    word->quote = 0;
  } else if (word->quote == 0 && (character == '\'' || character == '"')) {
    word->quote = character;
  }
  return true;
}

static inline bool word_is_queued_heredoc(const HeredocWord *word, const HeredocQueue *queue) {
  HeredocDelimiter delimiter;
  return read_heredoc_word(word->text, word->length, &delimiter) && heredoc_queue_contains(queue, &delimiter);
}

// Is the next word of COPY or ADD, which ends at any blank, one of the heredocs in the queue?
static inline bool queued_heredoc_follows_in_words(LogicalLine line, const HeredocQueue *queue) {
  HeredocWord word = {.length = 0};
  for (;;) {
    int32_t character = logical_line_next(&line);
    bool is_end = character == END_OF_LOGICAL_LINE || is_word_blank(character);
    if (is_end) return word_is_queued_heredoc(&word, queue);
    if (!word_append(&word, character)) return false;
  }
}

// Behind `<<` in a command: is this one of the heredocs in the queue, and on this physical line?  Blanks
// may stand before the delimiter and, quoted, in it.
static inline bool queued_heredoc_follows_in_shell(LogicalLine line, const HeredocQueue *queue) {
  HeredocWord word = {.text = {'<', '<'}, .length = 2};
  int32_t character;
  do {
    character = logical_line_next(&line);
  } while (character == ' ' || character == '\t' || character == '\r');
  for (;;) {
    bool is_protected = word.quote != 0 || word.is_escaped;
    if (line.joined) return false;
    if (character == END_OF_LOGICAL_LINE || (is_unicode_blank(character) && !is_protected)) {
      return word_is_queued_heredoc(&word, queue);
    }
    if (!word_append(&word, character)) return false;
    character = logical_line_next(&line);
  }
}

// Advances over the text of a line of a body and compares it with a delimiter.  Carriage returns at the end
// of the line do not count.
static inline bool advance_over_body_line(TSLexer *lexer, const HeredocDelimiter *delimiter) {
  HeredocDelimiter text = {.strips_tabs = delimiter->strips_tabs};
  uint32_t carriage_returns = 0;
  delimiter_start(&text);
  if (delimiter->strips_tabs) {
    while (lexer->lookahead == '\t') advance(lexer);
  }
  while (!at_line_end(lexer)) {
    if (lexer->lookahead == '\r') {
      carriage_returns++;
    } else {
      for (; carriage_returns > 0; carriage_returns--) delimiter_append(&text, '\r');
      delimiter_append(&text, lexer->lookahead);
    }
    advance(lexer);
  }
  return same_delimiter(&text, delimiter);
}

// At the end of the logical line: do the bodies of all heredocs end before the end of the file?
static inline bool all_heredocs_end(TSLexer *lexer, const HeredocQueue *queue) {
  for (uint8_t index = 0; index < queue->count; index++) {
    bool is_end;
    do {
      if (lexer->eof(lexer)) return false;
      advance(lexer);  // the line feed
      is_end = advance_over_body_line(lexer, &queue->delimiters[index]);
    } while (!is_end);
  }
  return true;
}

#endif  // DOCKERFILE_HEREDOC_H_
