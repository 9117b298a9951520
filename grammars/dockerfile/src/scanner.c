// External scanner of the Dockerfile grammar.
//
// All tokens of the grammar come from here.  The scanner follows the parser of BuildKit, which is the only
// complete description of the format: frontend/dockerfile/parser (lines, directives, continuations, flags,
// JSON form, words, heredocs) and frontend/dockerfile/shell (variables, quotes).  The Dockerfile reference
// covers parts of it: "Format", "Parser directives", "Environment replacement", "Shell and exec form" and
// "Here-Documents".  The parts of the scanner:
//
//   characters.h    classes of white space (there are several) and the smallest steps of the lexer
//   logical_line.h  look-ahead over continued lines
//   heredoc.h       which words open a heredoc, where its body ends
//   json_array.h    JSON form or shell form?
//   text.h          what ends the text of each kind of word
//   variable.h      look-ahead behind a `$`
//   state.h         what is remembered between two tokens
//   tokens.h        the names of the tokens
//
// Where the scanner is
// --------------------
// The set of valid tokens tells:
//
//   - a HEREDOC_… token is valid and heredocs are queued: in front of or in the body of a heredoc;
//   - LINE_BREAK is valid: between two instructions;
//   - DIRECTIVE_NAME, …_EQUALS or …_VALUE is valid: behind the `#` of a parser directive;
//   - a token is valid that comes only behind the marker of a variable: within a variable;
//   - else: in an instruction.
//
// Within an instruction the parts of a unit (a word, a pair, a flag …) follow each other without white
// space.  White space, or none, decides between "the unit goes on" and "the next one begins", also over a
// continuation: that is what `ScannerState.separated` is for.
//
// Invariants
// ----------
//
//   1. No token ends between two escape tokens.  So in front of an escape token at the start of a token
//      stands something else, and whether it continues the line depends only on what follows it.
//
//   2. A token of no width comes at most once at a place, so the scanner always gets on.
//
//   3. In each state of the parser there is a valid token for every character.  So no text gives an error.
//
//   4. Look-ahead is bounded, or runs once per instruction over the logical line, or once per heredoc over
//      its body.  So the time is linear in the length of the file.
//
//   5. The state holds nothing positional (see state.h).
//
//   6. When the runtime reuses a whole node after an edit, the next token is scanned in the state behind
//      that node, where fewer tokens are valid than at the end of the node's last token: the text that would
//      go on the node is not.  In such a state the scanner gives the token that it would have given in the
//      other one, or `give_misfit`; it must never take the text for something else.

#include "characters.h"
#include "heredoc.h"
#include "json_array.h"
#include "logical_line.h"
#include "state.h"
#include "text.h"
#include "tokens.h"
#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"
#include "variable.h"

// A scan: the three things that nearly every function needs.
typedef struct {
  ScannerState *state;
  TSLexer *lexer;
  const bool *valid;
} Scan;

static bool give(Scan *scan, enum TokenType token) {
  scan->lexer->result_symbol = (TSSymbol)token;
  return true;
}

// No valid token fits here, because a node was reused that does not end here any more.  The runtime takes
// that node apart when it gets a token without an action.
static bool give_misfit(Scan *scan) { return give(scan, ERROR_SENTINEL); }

static bool is_valid(const Scan *scan, enum TokenType token) { return scan->valid[token]; }

static int32_t next_character(const Scan *scan) { return scan->lexer->lookahead; }

// Gives a token of the one character that comes next.
static bool give_character(Scan *scan, enum TokenType token) {
  advance(scan->lexer);
  scan->lexer->mark_end(scan->lexer);
  return give(scan, token);
}

static LogicalLine look_ahead(const Scan *scan, int32_t previous) {
  return logical_line_from(scan->lexer, scan->state->escape, previous);
}

// ------------------------------------------------------------------------------------------- escape tokens

typedef enum {
  ESCAPE_CONTINUES_LINE,
  ESCAPE_STARTS_TEXT,  // and the lexer stands right behind that text
  ESCAPE_WAS_TEXT,     // and the lexer is further on
} EscapeRole;

// Advances over an escape token at the start of a token.  If it continues the line, the token ends behind
// the line feed. If not, and `is_text`, the token ends behind the escape token and the blank that it takes.
static EscapeRole advance_over_escape(Scan *scan, bool is_text, bool takes_blank) {
  TSLexer *lexer = scan->lexer;
  advance(lexer);
  bool took_blank =
      is_text && takes_blank && (is_continuation_blank(lexer->lookahead) || lexer->lookahead == '\r');
  if (took_blank) advance(lexer);
  if (is_text) lexer->mark_end(lexer);
  uint32_t blanks = advance_over_line_end_blanks(lexer);
  if (at_line_end(lexer)) {
    if (!lexer->eof(lexer)) advance(lexer);
    lexer->mark_end(lexer);
    return ESCAPE_CONTINUES_LINE;
  }
  return took_blank || blanks > 0 ? ESCAPE_WAS_TEXT : ESCAPE_STARTS_TEXT;
}

static bool give_line_continuation(Scan *scan, bool separated) {
  scan->state->separated = separated;
  scan->state->line_position = AT_LINE_START;
  return give(scan, LINE_CONTINUATION);
}

// ------------------------------------------------------------------------------------------------ keywords

#define MAX_KEYWORD_LENGTH 16

typedef struct {
  const char *name;
  enum TokenType token;
} Keyword;

static const Keyword KEYWORDS[] = {
    {"add", ADD_KEYWORD},
    {"arg", ARG_KEYWORD},
    {"cmd", CMD_KEYWORD},
    {"copy", COPY_KEYWORD},
    {"entrypoint", ENTRYPOINT_KEYWORD},
    {"env", ENV_KEYWORD},
    {"expose", EXPOSE_KEYWORD},
    {"from", FROM_KEYWORD},
    {"healthcheck", HEALTHCHECK_KEYWORD},
    {"label", LABEL_KEYWORD},
    {"maintainer", MAINTAINER_KEYWORD},
    {"onbuild", ONBUILD_KEYWORD},
    {"run", RUN_KEYWORD},
    {"shell", SHELL_KEYWORD},
    {"stopsignal", STOPSIGNAL_KEYWORD},
    {"user", USER_KEYWORD},
    {"volume", VOLUME_KEYWORD},
    {"workdir", WORKDIR_KEYWORD},
};

static enum TokenType keyword_token(const ScannerState *state, const char *name) {
  for (size_t index = 0; index < sizeof KEYWORDS / sizeof *KEYWORDS; index++) {
    if (strcmp(name, KEYWORDS[index].name) != 0) continue;
    bool is_too_deep = KEYWORDS[index].token == ONBUILD_KEYWORD && state->onbuild_depth >= MAX_ONBUILD_DEPTH;
    return is_too_deep ? UNKNOWN_KEYWORD : KEYWORDS[index].token;
  }
  return UNKNOWN_KEYWORD;
}

// Queues the heredocs of an instruction once its keyword is known.  RUN, COPY and ADD take heredocs, on
// their own or one ONBUILD level down; with ONBUILD its whole line counts, so they are looked for at the
// first keyword of the line.
static void queue_heredocs(ScannerState *state, enum TokenType keyword, LogicalLine arguments) {
  bool takes_heredocs = keyword == RUN_KEYWORD || keyword == COPY_KEYWORD || keyword == ADD_KEYWORD;
  bool is_first_keyword = state->onbuild_depth == 0;
  bool may_look = state->unterminated_heredocs < MAX_UNTERMINATED_HEREDOCS;
  if (is_first_keyword && may_look && (takes_heredocs || keyword == ONBUILD_KEYWORD)) {
    find_heredocs(arguments, &state->heredocs);
  } else if (!takes_heredocs || state->onbuild_depth > 1) {
    heredoc_queue_clear(&state->heredocs);
  }
}

// A keyword goes up to the first blank of the logical line.  `previous` is a character of it that was
// passed already, or 0; no known keyword has one.
static bool scan_keyword(Scan *scan, int32_t previous) {
  ScannerState *state = scan->state;
  char name[MAX_KEYWORD_LENGTH + 1];
  size_t length = 0;
  bool is_known = previous == 0;
  LogicalLine line = look_ahead(scan, previous);
  for (;;) {
    int32_t character = logical_line_next(&line);
    if (character == END_OF_LOGICAL_LINE || is_word_blank(character)) break;
    scan->lexer->mark_end(scan->lexer);
    if (character > 0 && character < 0x80 && length < MAX_KEYWORD_LENGTH) {
      name[length++] = (char)to_ascii_lower(character);
    } else {
      is_known = false;
    }
  }
  name[length] = '\0';
  enum TokenType keyword = is_known ? keyword_token(state, name) : UNKNOWN_KEYWORD;
  queue_heredocs(state, keyword, line);
  if (keyword == ONBUILD_KEYWORD) state->onbuild_depth++;
  state->line_position = WITHIN_LINE;
  state->separated = true;
  return give(scan, keyword);
}

// A keyword that starts with the escape token, or a line that holds nothing but a continuation.
static bool scan_escaped_keyword(Scan *scan, enum TokenType continuation) {
  switch (advance_over_escape(scan, true, false)) {
    case ESCAPE_CONTINUES_LINE:
      scan->state->line_position = AT_LINE_START;
      return give(scan, continuation);
    case ESCAPE_STARTS_TEXT:
      return scan_keyword(scan, scan->state->escape);
    default:
      heredoc_queue_clear(&scan->state->heredocs);
      scan->state->line_position = WITHIN_LINE;
      scan->state->separated = true;
      return give(scan, UNKNOWN_KEYWORD);
  }
}

// ---------------------------------------------------------------------------------------------- directives

// Blanks around the parts of a directive.  A carriage return counts as the end of the line.
static bool is_directive_blank(int32_t character) {
  return character == ' ' || character == '\t' || character == '\f';
}

static bool is_directive_name(const char *name) {
  return strcmp(name, "syntax") == 0 || strcmp(name, "escape") == 0 || strcmp(name, "check") == 0;
}

// Reads the name of a possible directive behind the `#`; empty when there is none.
static void read_directive_name(TSLexer *lexer, char name[MAX_KEYWORD_LENGTH + 1]) {
  size_t length = 0;
  while (is_unicode_blank(lexer->lookahead) && lexer->lookahead != '\r') advance(lexer);
  while (is_ascii_letter(lexer->lookahead) || (length > 0 && is_ascii_digit(lexer->lookahead))) {
    if (length < MAX_KEYWORD_LENGTH) name[length++] = (char)to_ascii_lower(lexer->lookahead);
    advance(lexer);
  }
  name[length] = '\0';
}

// Behind the name of a directive: `=` and a value, whose first character is given, or 0 when it is longer
// than that.
static bool directive_value_follows(TSLexer *lexer, int32_t *value) {
  while (is_directive_blank(lexer->lookahead)) advance(lexer);
  if (lexer->lookahead != '=') return false;
  advance(lexer);
  while (is_directive_blank(lexer->lookahead)) advance(lexer);
  if (at_line_end(lexer) || lexer->lookahead == '\r') return false;
  *value = lexer->lookahead;
  advance(lexer);
  while (is_unicode_blank(lexer->lookahead)) advance(lexer);
  if (!at_line_end(lexer)) *value = 0;
  return true;
}

// At the `#` of one of the first lines.  The look-ahead must not move the end of the token, which is behind
// the `#` for a directive; when it fails, the text that it passed becomes part of the comment.
static bool scan_directive_marker(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  char name[MAX_KEYWORD_LENGTH + 1];
  int32_t value = 0;
  read_directive_name(lexer, name);
  if (is_directive_name(name) && directive_value_follows(lexer, &value)) {
    bool sets_escape = strcmp(name, "escape") == 0 && (value == '\\' || value == '`');
    if (sets_escape) scan->state->escape = value;
    scan->state->directive_phase = BEHIND_DIRECTIVE;
    return give(scan, DIRECTIVE_MARKER);
  }
  lexer->mark_end(lexer);
  return false;
}

// At the `#` of a line between two instructions.
static bool scan_directive_or_comment(Scan *scan) {
  bool may_be_directive = scan->state->directive_phase == DIRECTIVE_MAY_START;
  advance(scan->lexer);
  scan->lexer->mark_end(scan->lexer);
  if (may_be_directive && scan_directive_marker(scan)) return true;
  scan->state->directive_phase = NO_MORE_DIRECTIVES;
  advance_to_end_of_line_text(scan->lexer);
  return give(scan, COMMENT);
}

// The rest of the line without the blanks at its end.
static bool scan_directive_value(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  while (!at_line_end(lexer)) {
    bool is_text = !is_unicode_blank(lexer->lookahead);
    advance(lexer);
    if (is_text) lexer->mark_end(lexer);
  }
  return give(scan, DIRECTIVE_VALUE);
}

static bool scan_directive_part(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  skip_unicode_blanks(lexer);
  if (is_valid(scan, DIRECTIVE_EQUALS)) return give_character(scan, DIRECTIVE_EQUALS);
  if (is_valid(scan, DIRECTIVE_VALUE)) return scan_directive_value(scan);
  while (is_ascii_letter(lexer->lookahead) || is_ascii_digit(lexer->lookahead)) advance(lexer);
  lexer->mark_end(lexer);
  return give(scan, DIRECTIVE_NAME);
}

// -------------------------------------------------------------------------------- between two instructions

// The end of a line without an instruction, or of an instruction's last line.
static bool scan_line_break(Scan *scan) {
  bool ends_directive = scan->state->directive_phase == BEHIND_DIRECTIVE;
  scan->state->directive_phase = ends_directive ? DIRECTIVE_MAY_START : NO_MORE_DIRECTIVES;
  return give_character(scan, LINE_BREAK);
}

static bool scan_between_instructions(Scan *scan) {
  skip_unicode_blanks(scan->lexer);
  if (scan->lexer->eof(scan->lexer)) return false;
  if (next_character(scan) == '\n') return scan_line_break(scan);
  if (next_character(scan) == '#') return scan_directive_or_comment(scan);
  scan->state->directive_phase = NO_MORE_DIRECTIVES;
  if (next_character(scan) == scan->state->escape) return scan_escaped_keyword(scan, LEADING_CONTINUATION);
  return scan_keyword(scan, 0);
}

// ------------------------------------------------------------------------------------------------ heredocs

// Goes from the end of the line in front of a body to the start of the body.
static void skip_rest_of_line(TSLexer *lexer) {
  while (!at_line_end(lexer)) skip(lexer);
  if (!lexer->eof(lexer)) skip(lexer);
}

// The lines of a body up to the one that ends it, or the start of that line when there are none.
static bool scan_heredoc_content(Scan *scan, const HeredocDelimiter *delimiter) {
  TSLexer *lexer = scan->lexer;
  bool has_content = false;
  for (;;) {
    lexer->mark_end(lexer);
    if (lexer->eof(lexer) || advance_over_body_line(lexer, delimiter)) break;
    has_content = true;
    if (!lexer->eof(lexer)) advance(lexer);
  }
  return give(scan, has_content && is_valid(scan, HEREDOC_CONTENT) ? HEREDOC_CONTENT : HEREDOC_END_BEGIN);
}

static bool scan_heredoc_end(Scan *scan, const HeredocDelimiter *delimiter) {
  TSLexer *lexer = scan->lexer;
  if (delimiter->strips_tabs) {
    while (lexer->lookahead == '\t') skip(lexer);
  }
  lexer->mark_end(lexer);
  advance_to_end_of_line_text(lexer);
  heredoc_queue_pop(&scan->state->heredocs);
  return give(scan, HEREDOC_END);
}

static bool scan_heredoc_body(Scan *scan) {
  const HeredocDelimiter delimiter = scan->state->heredocs.delimiters[0];
  if (is_valid(scan, HEREDOC_END)) return scan_heredoc_end(scan, &delimiter);
  if (is_valid(scan, HEREDOC_CONTENT)) skip_rest_of_line(scan->lexer);
  return scan_heredoc_content(scan, &delimiter);
}

static bool is_in_heredoc_body(const Scan *scan) {
  bool is_expected =
      is_valid(scan, HEREDOC_CONTENT) || is_valid(scan, HEREDOC_END_BEGIN) || is_valid(scan, HEREDOC_END);
  return is_expected && scan->state->heredocs.count > 0;
}

// Ends an instruction at the end of its logical line.  A heredoc that never ends has no body, so that a
// half-typed one does not swallow the rest of the file.
static bool end_instruction(Scan *scan) {
  ScannerState *state = scan->state;
  if (is_valid(scan, UNCLOSED_QUOTE)) return give(scan, UNCLOSED_QUOTE);
  if (state->heredocs.count > 0 && !all_heredocs_end(scan->lexer, &state->heredocs)) {
    heredoc_queue_clear(&state->heredocs);
    state->unterminated_heredocs++;
  }
  state_end_line(state);
  return give(scan, INSTRUCTION_END);
}

// ----------------------------------------------------------------------------------------------- variables

// At a `$`: the marker of a variable, or one or two characters of text.
static bool scan_dollar(Scan *scan, enum TokenType text) {
  TSLexer *lexer = scan->lexer;
  VariableLookahead ahead = {
      .lexer = lexer,
      .escape = scan->state->escape,
      .rule = text_rule(text),
      .is_quoted = text == DOUBLE_QUOTED_TEXT || scan->state->open_quote != 0,
      .budget = MAX_VARIABLE_LENGTH,
  };
  bool is_hidden = !is_valid(scan, VARIABLE_MARKER) || scan->state->open_quote == '\'';
  scan->state->separated = false;
  advance(lexer);
  bool has_brace = lexer->lookahead == '{';
  if (has_brace) advance(lexer);
  lexer->mark_end(lexer);
  if (is_hidden) return give(scan, text);
  if (has_brace) return give(scan, lookahead_braces(&ahead, 0) ? VARIABLE_BRACE_MARKER : text);
  return give(scan, plain_variable_follows(&ahead) ? VARIABLE_MARKER : text);
}

static bool scan_variable_name(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  if (is_special_parameter(lexer->lookahead)) return give_character(scan, VARIABLE_NAME);
  bool is_number = is_ascii_digit(lexer->lookahead);
  while (is_number ? is_ascii_digit(lexer->lookahead) : is_name_character(lexer->lookahead)) advance(lexer);
  lexer->mark_end(lexer);
  return give(scan, VARIABLE_NAME);
}

// `:-`, `-`, `##`, `//` …
static bool scan_variable_operator(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  int32_t first = lexer->lookahead;
  advance(lexer);
  bool is_doubled = (first == '#' || first == '%' || first == '/') && lexer->lookahead == first;
  if (first == ':' || is_doubled) advance(lexer);
  lexer->mark_end(lexer);
  return give(scan, first == '/' ? PATTERN_OPERATOR : VARIABLE_OPERATOR);
}

// Text within the braces.  The marker was given only after a look at all of it, so it ends on this line.
static bool scan_variable_word_text(Scan *scan, int32_t stop) {
  TSLexer *lexer = scan->lexer;
  int32_t quote = 0;
  while (!at_line_end(lexer)) {
    int32_t character = lexer->lookahead;
    if (quote == 0 && (character == stop || character == '$')) break;
    advance(lexer);
    if (character == scan->state->escape && quote == 0 && !at_line_end(lexer)) {
      advance(lexer);
    } else if (character == quote) {
      quote = 0;
    } else if (quote == 0 && (character == '\'' || character == '"')) {
      quote = character;
    }
  }
  lexer->mark_end(lexer);
  return give(scan, VARIABLE_WORD_TEXT);
}

static bool scan_within_variable(Scan *scan) {
  if (is_valid(scan, VARIABLE_NAME)) return scan_variable_name(scan);
  if (is_valid(scan, PATTERN_SEPARATOR) && next_character(scan) == '/') {
    return give_character(scan, PATTERN_SEPARATOR);
  }
  if (is_valid(scan, VARIABLE_BRACE_CLOSE) && next_character(scan) == '}') {
    return give_character(scan, VARIABLE_BRACE_CLOSE);
  }
  if (is_valid(scan, VARIABLE_OPERATOR)) return scan_variable_operator(scan);
  if (next_character(scan) == '$') return scan_dollar(scan, VARIABLE_WORD_TEXT);
  return scan_variable_word_text(scan, is_valid(scan, PATTERN_SEPARATOR) ? '/' : '}');
}

static bool is_within_variable(const Scan *scan) {
  return is_valid(scan, VARIABLE_NAME) || is_valid(scan, VARIABLE_OPERATOR) ||
         is_valid(scan, VARIABLE_BRACE_CLOSE) || is_valid(scan, PATTERN_SEPARATOR);
}

// ---------------------------------------------------------------------------------------------------- text

// One of the text tokens that go on a unit is valid at a time; TOKEN_TYPE_COUNT when none is.
static enum TokenType valid_text(const Scan *scan, bool separated) {
  // Behind a blank the word of a heredoc is over and the command goes on.
  if (separated && is_valid(scan, SHELL_FRAGMENT)) return SHELL_FRAGMENT;
  if (is_valid(scan, SHELL_WORD_TEXT)) return SHELL_WORD_TEXT;
  for (enum TokenType text = FIRST_TEXT_TOKEN; text <= LAST_TEXT_TOKEN; text++) {
    if (is_valid(scan, text)) return text;
  }
  return TOKEN_TYPE_COUNT;
}

// What a run through a text token has to keep in mind.
typedef struct {
  int32_t previous;      // the character before, 0 at the start of the line
  bool is_empty;         // the token has no character yet
  bool is_blank;         // … or only blanks
  bool hides_variables;  // between single quotes of a text that has no quotes of its own
} TextRun;

static void update_quotes(ScannerState *state, const TextRule *rule, TextRun *run, int32_t character) {
  if (rule->quotes == QUOTES_HIDE_VARIABLES && character == '\'') {
    run->hides_variables = !run->hides_variables;
  } else if (character == state->open_quote) {
    state->open_quote = 0;
  } else if (rule->quotes == QUOTES_PROTECT_BLANKS && state->open_quote == 0 &&
             (character == '\'' || character == '"')) {
    state->open_quote = character;
  }
}

static bool starts_heredoc_word(int32_t character) { return character == '<' || is_ascii_digit(character); }

// Does the text end in front of this character?  Not when it would be empty then.
static bool text_ends_at(const Scan *scan, enum TokenType text, const TextRun *run, int32_t character) {
  const TextRule *rule = text_rule(text);
  bool is_quoted = scan->state->open_quote != 0;
  if (!is_quoted && blank_ends_text(rule, character)) return true;
  if (run->is_empty) return false;
  if (is_separator(rule, character)) return true;
  if (character == '$' && is_valid(scan, VARIABLE_MARKER) && !run->hides_variables) return true;
  if (rule->quotes == QUOTES_ARE_NODES && !is_quoted && (character == '\'' || character == '"')) return true;
  return text == SHELL_FRAGMENT && scan->state->heredocs.count > 0 && starts_heredoc_word(character) &&
         is_unicode_blank(run->previous);
}

// Is the escape token special for the unit here?  In single quotes it is not, except in flags.
static bool escape_is_active(const Scan *scan, enum TokenType text) {
  bool is_flag = text == FLAG_NAME_TEXT || text == FLAG_VALUE_TEXT;
  return is_flag || scan->state->open_quote != '\'';
}

// Takes an escape token in the middle of text, with the character that it takes.  False when the text has
// to end in front of it, because it may continue the line or take a blank; the next token decides that.
static bool take_escape(Scan *scan, enum TokenType text, TextRun *run) {
  TSLexer *lexer = scan->lexer;
  bool may_continue_line = run->previous != scan->state->escape;
  bool is_quoted = text_rule(text)->end == ENDS_AT_QUOTE || scan->state->open_quote != 0;
  if (is_quoted) lexer->mark_end(lexer);  // quoted blanks in front of it are text in any case
  advance(lexer);
  bool before_blank =
      at_line_end(lexer) || is_continuation_blank(lexer->lookahead) || lexer->lookahead == '\r';
  if (may_continue_line && before_blank) return false;
  run->previous = scan->state->escape;
  run->is_empty = false;
  if (!at_line_end(lexer) && escape_is_active(scan, text) &&
      escape_takes(text_rule(text), lexer->lookahead)) {
    run->previous = lexer->lookahead;
    advance(lexer);
  }
  lexer->mark_end(lexer);
  run->is_blank = false;
  return true;
}

static void take_character(Scan *scan, enum TokenType text, TextRun *run) {
  TSLexer *lexer = scan->lexer;
  int32_t character = lexer->lookahead;
  advance(lexer);
  update_quotes(scan->state, text_rule(text), run, character);
  run->previous = character;
  run->is_empty = false;
  if (is_unicode_blank(character)) return;  // maybe at the end of the line, where it is no text
  lexer->mark_end(lexer);
  run->is_blank = false;
}

static bool give_text(Scan *scan, enum TokenType text) {
  scan->state->separated = false;
  return give(scan, text);
}

static bool scan_text(Scan *scan, enum TokenType text, TextRun run) {
  TSLexer *lexer = scan->lexer;
  while (!at_line_end(lexer)) {
    if (text_ends_at(scan, text, &run, lexer->lookahead)) {
      lexer->mark_end(lexer);
      return give_text(scan, text);
    }
    if (lexer->lookahead == scan->state->escape) {
      if (!take_escape(scan, text, &run)) return give_text(scan, text);
    } else {
      take_character(scan, text, &run);
    }
  }
  return run.is_blank ? end_instruction(scan) : give_text(scan, text);
}

// Text whose first character is an escape token that was passed already.
static bool scan_text_behind_escape(Scan *scan, enum TokenType text) {
  TSLexer *lexer = scan->lexer;
  TextRun run = {.previous = scan->state->escape, .is_empty = false};
  if (escape_is_active(scan, text) && escape_takes(text_rule(text), lexer->lookahead)) {
    run.previous = lexer->lookahead;
    advance(lexer);
    lexer->mark_end(lexer);
  }
  return scan_text(scan, text, run);
}

// ------------------------------------------------------------------------------------------ parts of units

// Behind the `:` of an image name: is it the tag that follows, or a port in front of a path?
static bool tag_follows(TSLexer *lexer) {
  unsigned braces = 0;
  for (unsigned budget = MAX_VARIABLE_LENGTH; budget > 0 && !at_line_end(lexer); budget--) {
    int32_t character = lexer->lookahead;
    if (is_word_blank(character)) break;
    if (character == '{') braces++;
    if (character == '}' && braces > 0) braces--;
    if (braces == 0 && character == '/') return false;
    if (braces == 0 && (character == ':' || character == '@')) break;
    advance(lexer);
  }
  return true;
}

static bool scan_tag_separator_or_text(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  advance(lexer);
  lexer->mark_end(lexer);
  return give(scan, tag_follows(lexer) ? TAG_SEPARATOR : IMAGE_NAME_TEXT);
}

// Characters that are a token of their own within a unit.
static bool scan_separator(Scan *scan) {
  static const struct {
    char character;
    enum TokenType token;
  } SEPARATORS[] = {
      {'@', DIGEST_SEPARATOR}, {'/', PROTOCOL_SEPARATOR}, {'=', FLAG_EQUALS},
      {'=', PAIR_EQUALS},      {'=', MOUNT_EQUALS},       {',', MOUNT_SEPARATOR},
  };
  for (size_t index = 0; index < sizeof SEPARATORS / sizeof *SEPARATORS; index++) {
    if (next_character(scan) == SEPARATORS[index].character && is_valid(scan, SEPARATORS[index].token)) {
      scan->state->separated = false;
      return give_character(scan, SEPARATORS[index].token);
    }
  }
  return false;
}

// In a command with heredocs, at the start of a word: `[digits]<<` in front of a delimiter, or text.
static bool scan_heredoc_operator_or_text(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  const HeredocQueue *queue = &scan->state->heredocs;
  unsigned less_than_signs = 0;
  while (is_ascii_digit(lexer->lookahead)) advance(lexer);
  for (; lexer->lookahead == '<'; less_than_signs++) advance(lexer);
  lexer->mark_end(lexer);
  if (less_than_signs != 2) return scan_text(scan, SHELL_FRAGMENT, (TextRun){.previous = '<'});
  bool is_heredoc = queued_heredoc_follows_in_shell(look_ahead(scan, '<'), queue);
  return give(scan, is_heredoc ? HEREDOC_OPERATOR : SHELL_FRAGMENT);
}

// The next part of a unit that has begun.
static bool scan_part(Scan *scan, enum TokenType text) {
  int32_t character = next_character(scan);
  bool is_quoted = scan->state->open_quote != 0;
  if (character == '$') return scan_dollar(scan, text);
  if (character == ':' && is_valid(scan, TAG_SEPARATOR)) return scan_tag_separator_or_text(scan);
  if (scan_separator(scan)) return true;
  if (character == '"' && is_valid(scan, DOUBLE_QUOTE_OPEN) && !is_quoted) {
    scan->state->separated = false;
    return give_character(scan, DOUBLE_QUOTE_OPEN);
  }
  if (character == '\'' && is_valid(scan, SINGLE_QUOTE_OPEN) && !is_quoted) {
    scan->state->separated = false;
    return give_character(scan, SINGLE_QUOTE_OPEN);
  }
  bool may_be_heredoc =
      text == SHELL_FRAGMENT && scan->state->heredocs.count > 0 && starts_heredoc_word(character);
  if (may_be_heredoc) return scan_heredoc_operator_or_text(scan);
  return scan_text(scan, text, (TextRun){.is_empty = true, .is_blank = true});
}

static bool is_between_quotes(const Scan *scan) { return is_valid(scan, UNCLOSED_QUOTE); }

static enum TokenType quoted_text(const Scan *scan) {
  return is_valid(scan, DOUBLE_QUOTE_CLOSE) ? DOUBLE_QUOTED_TEXT : SINGLE_QUOTED_TEXT;
}

// Between quotes that are nodes.
static bool scan_between_quotes(Scan *scan) {
  enum TokenType text = quoted_text(scan);
  int32_t closing_quote = text == DOUBLE_QUOTED_TEXT ? '"' : '\'';
  scan->state->separated = false;
  if (next_character(scan) == closing_quote) {
    return give_character(scan, text == DOUBLE_QUOTED_TEXT ? DOUBLE_QUOTE_CLOSE : SINGLE_QUOTE_CLOSE);
  }
  if (next_character(scan) == '$' && text == DOUBLE_QUOTED_TEXT) return scan_dollar(scan, text);
  return scan_text(scan, text, (TextRun){.is_empty = true, .is_blank = true});
}

// ----------------------------------------------------------------------------------------- starts of units

// BuildKit takes the legacy form of ENV and LABEL when there is no `=` in the first word, quoted or not.
static bool first_word_has_equals(LogicalLine line) {
  int32_t quote = 0;
  for (;;) {
    int32_t character = logical_line_next(&line);
    if (character == '=') return true;
    if (character == END_OF_LOGICAL_LINE || (quote == 0 && is_unicode_blank(character))) return false;
    if (character == line.escape && quote != '\'') {
      character = logical_line_next(&line);
      if (character == '=') return true;
      if (character == END_OF_LOGICAL_LINE) return false;
    } else if (character == quote) {
      quote = 0;
    } else if (quote == 0 && (character == '\'' || character == '"')) {
      quote = character;
    }
  }
}

// Is the next word `as`, in any case?
static bool word_is_as(LogicalLine line) {
  if (to_ascii_lower(logical_line_next(&line)) != 'a') return false;
  if (to_ascii_lower(logical_line_next(&line)) != 's') return false;
  int32_t character = logical_line_next(&line);
  return character == END_OF_LOGICAL_LINE || is_word_blank(character);
}

// A begin that leaves it to the next one to start the unit.
static bool give_outer_begin(Scan *scan, enum TokenType begin) {
  scan->state->line_position = WITHIN_LINE;
  scan->state->separated = true;
  return give(scan, begin);
}

static bool give_begin(Scan *scan, enum TokenType begin) {
  scan->state->line_position = WITHIN_LINE;
  scan->state->separated = false;
  scan->state->open_quote = 0;
  return give(scan, begin);
}

// Gives the token of no width that begins the next unit.  `line` is at its text.
static bool scan_begin(Scan *scan, LogicalLine line, bool separated, bool at_line_start) {
  bool starts_shell_line = is_valid(scan, SHELL_LINE_BEGIN) && at_line_start;
  if (!separated && !starts_shell_line) return give_misfit(scan);
  if (is_valid(scan, ARGUMENTS_BEGIN)) return give_outer_begin(scan, ARGUMENTS_BEGIN);
  if (is_valid(scan, ARRAY_BEGIN) && next_character(scan) == '[' && json_array_of_strings_follows(line)) {
    heredoc_queue_clear(&scan->state->heredocs);
    return give_outer_begin(scan, ARRAY_BEGIN);
  }
  if (is_valid(scan, LEGACY_PAIR_BEGIN)) {
    return first_word_has_equals(line) ? give_begin(scan, UNIT_BEGIN)
                                       : give_outer_begin(scan, LEGACY_PAIR_BEGIN);
  }
  if (is_valid(scan, SHELL_LINE_BEGIN)) {
    // JSON form is possible at the first line only; the others start at the start of a physical line.
    bool starts_line = is_valid(scan, ARRAY_BEGIN) || at_line_start;
    return starts_line ? give_begin(scan, SHELL_LINE_BEGIN) : give_misfit(scan);
  }
  if (is_valid(scan, AS_BEGIN)) return give_begin(scan, word_is_as(line) ? AS_BEGIN : UNIT_BEGIN);
  if (is_valid(scan, HEREDOC_WORD_BEGIN)) {
    const HeredocQueue *queue = &scan->state->heredocs;
    bool is_heredoc = queue->count > 0 && queued_heredoc_follows_in_words(line, queue);
    return give_begin(scan, is_heredoc ? HEREDOC_WORD_BEGIN : UNIT_BEGIN);
  }
  return is_valid(scan, UNIT_BEGIN) ? give_begin(scan, UNIT_BEGIN) : give_misfit(scan);
}

// --------------------------------------------------------------------------------------------------- flags

// Behind `--`: does white space or the end of the line follow?
static bool flag_is_empty(LogicalLine line) {
  int32_t character = logical_line_next(&line);
  return character == END_OF_LOGICAL_LINE || is_unicode_blank(character);
}

// Behind `--`: is this a `--mount` flag whose value has no quotes and no escapes, so that commas and `=` in
// it are what they seem?
static bool plain_mount_flag_follows(LogicalLine line) {
  static const char NAME[] = "mount=";
  for (const char *expected = NAME; *expected != '\0'; expected++) {
    if (logical_line_next(&line) != *expected) return false;
  }
  for (;;) {
    int32_t character = logical_line_next(&line);
    if (character == END_OF_LOGICAL_LINE || is_unicode_blank(character)) return true;
    if (character == '"' || character == '\'' || character == line.escape) return false;
  }
}

// At a `-` where a flag may stand: a flag, the end of the flags, or another argument.
static bool scan_flag_marker(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  advance(lexer);
  bool may_be_dash = lexer->lookahead == '-' || lexer->lookahead == scan->state->escape;
  LogicalLine line = look_ahead(scan, '-');
  if (!may_be_dash || logical_line_next(&line) != '-') return scan_begin(scan, line, true, false);
  lexer->mark_end(lexer);
  // Each look-ahead moves the lexer, so there can be only one of them.
  if (lexer->lookahead == 'm') {
    return give_begin(scan, plain_mount_flag_follows(line) ? MOUNT_FLAG_MARKER : FLAG_MARKER);
  }
  return give_begin(scan, flag_is_empty(line) ? FLAGS_END : FLAG_MARKER);
}

// --------------------------------------------------------------------------------------------- JSON arrays

static bool scan_json_string(Scan *scan) {
  LogicalLine line = look_ahead(scan, 0);
  int32_t character = logical_line_next(&line);
  do {
    character = logical_line_next(&line);
    if (character == '\\') logical_line_next(&line);
  } while (character != '"' && character != END_OF_LOGICAL_LINE);
  scan->lexer->mark_end(scan->lexer);
  return give(scan, JSON_STRING);
}

// An array comes only after a look at all of it.
static bool scan_within_array(Scan *scan) {
  switch (next_character(scan)) {
    case '[':
      return is_valid(scan, ARRAY_OPEN) && give_character(scan, ARRAY_OPEN);
    case ']':
      return is_valid(scan, ARRAY_CLOSE) && give_character(scan, ARRAY_CLOSE);
    case ',':
      return is_valid(scan, ARRAY_SEPARATOR) && give_character(scan, ARRAY_SEPARATOR);
    case '"':
      return is_valid(scan, JSON_STRING) && scan_json_string(scan);
    default:
      return give_misfit(scan);
  }
}

static bool is_within_array(const Scan *scan) {
  return is_valid(scan, ARRAY_OPEN) || is_valid(scan, ARRAY_CLOSE) || is_valid(scan, ARRAY_SEPARATOR) ||
         is_valid(scan, JSON_STRING);
}

// --------------------------------------------------------------------------------------- in an instruction

// Blanks within an open quote of a flag or a pair are text.
static bool is_in_open_quote(const Scan *scan) { return scan->state->open_quote != 0; }

static bool splits_at_unicode_blanks(const Scan *scan) {
  // In front of the arguments BuildKit trims white space of all kinds.
  if (is_valid(scan, ARGUMENTS_BEGIN) || is_valid(scan, UNKNOWN_KEYWORD)) return true;
  enum TokenType text = valid_text(scan, false);
  return text != TOKEN_TYPE_COUNT && text_rule(text)->end == ENDS_AT_UNICODE_BLANK;
}

static void skip_end_of_comment_line(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  while (!at_line_end(lexer)) skip(lexer);
  if (!lexer->eof(lexer)) skip(lexer);
  scan->state->line_position = AT_LINE_START;
}

// Comment lines and empty lines between continued lines.  False when the line has text.
static bool scan_line_without_text(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  if (lexer->lookahead == '#') {
    advance_to_end_of_line_text(lexer);
    scan->state->line_position = BEHIND_COMMENT;
    return give(scan, COMMENT);
  }
  return lexer->lookahead == '\n' && give_character(scan, EMPTY_CONTINUATION_LINE);
}

// What is known about the place of a token in an instruction before its first character is looked at.
typedef struct {
  enum TokenType text;  // the text that may go on here, TOKEN_TYPE_COUNT for none
  bool goes_on;         // the next character belongs to the current unit
  bool separated;       // there is white space between the current unit and the next character
  bool at_line_start;   // the token is the first one of its physical line
} Place;

static bool scan_next_begin(Scan *scan, const Place *place, int32_t previous) {
  return scan_begin(scan, look_ahead(scan, previous), place->separated, place->at_line_start);
}

// An escape token at the start of a token: a continuation, or text of the current unit, or the start of the
// next one.
static bool scan_escape(Scan *scan, const Place *place) {
  ScannerState *state = scan->state;
  if (is_valid(scan, UNKNOWN_KEYWORD)) {
    state->separated = place->separated;
    return scan_escaped_keyword(scan, LINE_CONTINUATION);
  }
  bool goes_on = place->goes_on;
  bool takes_blank =
      goes_on && escape_is_active(scan, place->text) && text_rule(place->text)->escape == ESCAPE_TAKES_ANY;
  scan->lexer->mark_end(scan->lexer);
  EscapeRole role = advance_over_escape(scan, goes_on, takes_blank);
  if (role == ESCAPE_CONTINUES_LINE) return give_line_continuation(scan, place->separated);
  state->line_position = WITHIN_LINE;
  if (!goes_on) return scan_next_begin(scan, place, state->escape);
  if (role == ESCAPE_STARTS_TEXT) return scan_text_behind_escape(scan, place->text);
  state->separated = false;
  return give(scan, place->text);
}

// White space beyond ASCII right behind a part, where only ASCII blanks split words: text, but not at the
// end of the line.
static bool scan_unicode_blank(Scan *scan, const Place *place) {
  TSLexer *lexer = scan->lexer;
  while (is_unicode_blank(lexer->lookahead) && !is_word_blank(lexer->lookahead)) advance(lexer);
  lexer->mark_end(lexer);
  while (is_unicode_blank(lexer->lookahead)) advance(lexer);
  if (at_line_end(lexer)) return end_instruction(scan);
  return place->goes_on ? give_text(scan, place->text) : give_misfit(scan);
}

// A character that does not go on any text, so it starts something.
static bool scan_start(Scan *scan, const Place *place) {
  if (is_within_array(scan)) return scan_within_array(scan);
  if (is_valid(scan, UNKNOWN_KEYWORD)) return scan_keyword(scan, 0);
  if (!place->separated) {
    if (scan_separator(scan)) return true;
    if (next_character(scan) == ':' && is_valid(scan, TAG_SEPARATOR)) return scan_tag_separator_or_text(scan);
  }
  scan->lexer->mark_end(scan->lexer);
  // Behind a reused list of flags the marker of one more is not valid, but the end of the flags is.
  bool may_be_flag = place->separated && is_valid(scan, FLAGS_END);
  if (may_be_flag && next_character(scan) == '-') return scan_flag_marker(scan);
  return scan_next_begin(scan, place, 0);
}

// Does the next character belong to the current unit?
static bool unit_goes_on(const Scan *scan, const Place *place) {
  if (is_between_quotes(scan)) return true;
  if (place->text == TOKEN_TYPE_COUNT) return false;
  if (is_in_open_quote(scan) || place->text == SHELL_WORD_TEXT) return true;
  if (place->text == SHELL_FRAGMENT) return !place->at_line_start;
  return !place->separated || text_rule(place->text)->end == ENDS_WITH_LINE;
}

// Skips white space between parts and tells whether there was any (or had been before).  Where an
// instruction ends must not depend on the valid tokens (invariant 6): behind the first blanks beyond ASCII,
// if there are any.
static bool skip_blanks_between_parts(Scan *scan, bool separated) {
  TSLexer *lexer = scan->lexer;
  if (is_between_quotes(scan) || is_in_open_quote(scan)) return separated;
  if (skip_word_blanks(lexer)) separated = true;
  if (!is_unicode_blank(lexer->lookahead) || !(separated || splits_at_unicode_blanks(scan))) return separated;
  while (is_unicode_blank(lexer->lookahead) && !is_word_blank(lexer->lookahead)) skip(lexer);
  lexer->mark_end(lexer);
  skip_unicode_blanks(lexer);
  return true;
}

static bool scan_in_instruction(Scan *scan) {
  TSLexer *lexer = scan->lexer;
  ScannerState *state = scan->state;
  Place place = {.separated = state->separated};
  lexer->mark_end(lexer);

  if (state->line_position == BEHIND_COMMENT) skip_end_of_comment_line(scan);
  place.at_line_start = state->line_position == AT_LINE_START;
  if (!place.at_line_start) {
    place.separated = skip_blanks_between_parts(scan, state->separated);
  } else if (skip_unicode_blanks(lexer)) {
    place.separated = true;
  }
  if (place.at_line_start && scan_line_without_text(scan)) return true;
  if (at_line_end(lexer)) return end_instruction(scan);

  place.text = is_between_quotes(scan) ? quoted_text(scan) : valid_text(scan, place.separated);
  place.goes_on = unit_goes_on(scan, &place);
  if (next_character(scan) == state->escape) return scan_escape(scan, &place);
  state->line_position = WITHIN_LINE;
  if (is_between_quotes(scan)) return scan_between_quotes(scan);
  bool at_blank = is_unicode_blank(next_character(scan)) && !is_in_open_quote(scan);
  if (at_blank) return scan_unicode_blank(scan, &place);
  return place.goes_on ? scan_part(scan, place.text) : scan_start(scan, &place);
}

// -------------------------------------------------------------------------------------------- entry points

// No input leads to an error, so this is hardly ever needed: only when the runtime is about to take a node
// apart.
static bool recover(Scan *scan) {
  if (scan->lexer->eof(scan->lexer)) return false;
  heredoc_queue_clear(&scan->state->heredocs);
  state_end_line(scan->state);
  return give_character(scan, LINE_BREAK);
}

static bool scan_token(Scan *scan) {
  if (is_valid(scan, ERROR_SENTINEL)) return recover(scan);
  if (is_in_heredoc_body(scan)) return scan_heredoc_body(scan);
  if (is_valid(scan, LINE_BREAK)) return scan_between_instructions(scan);
  if (is_valid(scan, DIRECTIVE_NAME) || is_valid(scan, DIRECTIVE_EQUALS) || is_valid(scan, DIRECTIVE_VALUE)) {
    return scan_directive_part(scan);
  }
  if (is_within_variable(scan)) return scan_within_variable(scan);
  return scan_in_instruction(scan);
}

void *tree_sitter_dockerfile_external_scanner_create(void) {
  ScannerState *state = ts_malloc(sizeof *state);
  if (state != NULL) state_reset(state);
  return state;
}

void tree_sitter_dockerfile_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_dockerfile_external_scanner_serialize(void *payload, char *buffer) {
  return state_write(payload, buffer);
}

void tree_sitter_dockerfile_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  state_read(payload, buffer, length);
}

bool tree_sitter_dockerfile_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid_symbols) {
  Scan scan = {.state = payload, .lexer = lexer, .valid = valid_symbols};
  return scan_token(&scan);
}
