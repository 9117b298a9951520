/**
 * @file Dockerfile grammar that reads a file the way BuildKit does
 * @license MIT
 *
 * How this grammar works
 * ----------------------
 * BuildKit reads a Dockerfile line by line: it joins continued lines to one logical line, takes the keyword
 * and the flags off its front and gives the rest to a splitter that depends on the keyword.  White space,
 * quotes and the escape token mean different things to every splitter, so no single set of regular
 * expressions can describe the tokens.  Therefore *all* tokens come from the external scanner
 * (src/scanner.c), which knows where it is from the set of tokens that are valid, and this file only says
 * how tokens nest.
 *
 * The grammar is total: any text at all gives a tree without ERROR or MISSING nodes.  Everything after a
 * keyword is optional, an unknown keyword has a node of its own, and every instruction ends at
 * `_instruction_end`, a token of no width that the scanner gives at the end of each logical line.  So a
 * half-typed line never damages its neighbours.
 *
 * Units
 * -----
 * A word, a pair, a port … is called a unit here.  It starts with `_unit_begin` (no width), which the
 * scanner gives only where white space stands before; its parts follow without white space.  A unit may go
 * on after a continuation, as in `al\⏎pine`, because the scanner joins lines exactly as BuildKit does.
 */

/** Instructions in the order of the scanner's keyword tokens; the last one stands for any other keyword. */
const KEYWORDS = [
  'add', 'arg', 'cmd', 'copy', 'entrypoint', 'env', 'expose', 'from', 'healthcheck', 'label', 'maintainer',
  'onbuild', 'run', 'shell', 'stopsignal', 'user', 'volume', 'workdir', 'unknown',
];

/**
 * The keyword and the flags of an instruction (BuildKit takes flags off every instruction, known or not).  A line
 * that holds nothing but a continuation may stand before the keyword and belongs to the instruction.
 */
const instructionHead = ($, name) => seq(
  optional(alias($._leading_continuation, $.line_continuation)),
  field('keyword', alias($[`_${name}_keyword`], $.keyword)),
  optional($._flags),
  optional($.flags_end),
);

/** An instruction with its arguments, which are always optional. */
const instruction = ($, name, args) => seq(
  instructionHead($, name),
  optional(seq($._arguments_begin, args)),
  $._instruction_end,
);

/** An instruction whose heredocs follow it. */
const instructionWithHeredocs = ($, name, args) => seq(instruction($, name, args), repeat($.heredoc_body));

/** A unit with the given parts. */
const unit = ($, ...parts) => seq($._unit_begin, ...parts);

/** Text of the given token, mixed with `$variables`. */
const textWithVariables = ($, text) => repeat1(choice(text, $.variable));

module.exports = grammar({
  name: 'dockerfile',

  // White space needs no rule: the scanner skips it.
  extras: $ => [$.line_continuation, $.comment, $.empty_continuation_line],

  // The order is the order of `enum TokenType` in src/tokens.h.
  externals: $ => [
    // Lines
    $._line_break,
    $._instruction_end,
    $._leading_continuation,
    $.line_continuation,
    $.comment,
    $.empty_continuation_line,
    // Parser directives
    $._directive_marker,
    $.directive_name,
    $._directive_equals,
    $.directive_value,
    // Starts of units; all but the flag markers have no width
    $._arguments_begin,
    $._unit_begin,
    $._as_begin,
    $._heredoc_word_begin,
    $._legacy_pair_begin,
    $._shell_line_begin,
    $._flag_marker,
    $._mount_flag_marker,
    $.flags_end,
    // Text, one token for each set of rules
    $._word_text,
    $._image_name_text,
    $._image_tag_text,
    $._port_text,
    $._flag_name_text,
    $._flag_value_text,
    $._mount_key_text,
    $._mount_value_text,
    $._key_text,
    $._value_text,
    $._double_quoted_text,
    $._single_quoted_text,
    $._rest_text,
    $._plain_text,
    $._shell_fragment,
    $._shell_word_text,
    $._variable_word_text,
    // Separators within units
    $._tag_separator,
    $._digest_separator,
    $._protocol_separator,
    $._flag_equals,
    $._pair_equals,
    $._mount_equals,
    $._mount_separator,
    $._double_quote_open,
    $._double_quote_close,
    $._single_quote_open,
    $._single_quote_close,
    $._unclosed_quote,
    // Variables
    $._variable_marker,
    $._variable_brace_marker,
    $.variable_name,
    $.variable_operator,
    $._pattern_operator,
    $._pattern_separator,
    $._variable_brace_close,
    // JSON arrays
    $._array_begin,
    $._array_open,
    $.json_string,
    $._array_separator,
    $._array_close,
    // Heredocs
    $._heredoc_operator,
    $.heredoc_content,
    $._heredoc_end_begin,
    $.heredoc_end,
    // Keywords
    ...KEYWORDS.map(name => $[`_${name}_keyword`]),
    // Never used by a rule, so valid only during error recovery
    $._error_sentinel,
  ],

  rules: {
    source_file: $ => repeat(choice(
      $._line_break,
      $.comment,
      $.directive,
      $._instruction,
      $._stray_continuation,
    )),

    // `# syntax=docker/dockerfile:1`
    directive: $ => seq(
      alias($._directive_marker, '#'),
      field('name', $.directive_name),
      alias($._directive_equals, '='),
      field('value', $.directive_value),
    ),

    // A line that holds nothing but a continuation and has no instruction behind it.
    _stray_continuation: $ => seq(alias($._leading_continuation, $.line_continuation), $._instruction_end),

    _instruction: $ => choice(...KEYWORDS.map(name => $[`${name}_instruction`])),

    // ---------------------------------------------------------------------------------------- instructions

    add_instruction: $ => instructionWithHeredocs($, 'add', $._array_or_sources),
    arg_instruction: $ => instruction($, 'arg', repeat1(alias($.argument_pair, $.pair))),
    cmd_instruction: $ => instruction($, 'cmd', $._array_or_shell),
    copy_instruction: $ => instructionWithHeredocs($, 'copy', $._array_or_sources),
    entrypoint_instruction: $ => instruction($, 'entrypoint', $._array_or_shell),
    env_instruction: $ => instruction($, 'env', $._pairs),
    expose_instruction: $ => instruction($, 'expose', repeat1($.port)),
    from_instruction: $ => instruction($, 'from', $._from_words),
    healthcheck_instruction: $ => instruction($, 'healthcheck', seq(
      field('type', $.healthcheck_type),
      optional($._array_or_shell),
    )),
    label_instruction: $ => instruction($, 'label', $._pairs),
    maintainer_instruction: $ => instruction($, 'maintainer', $._plain_rest),
    onbuild_instruction: $ => seq(
      instructionHead($, 'onbuild'),
      choice(seq($._arguments_begin, $._instruction), $._instruction_end),
    ),
    run_instruction: $ => instructionWithHeredocs($, 'run', $._array_or_shell),
    shell_instruction: $ => instruction($, 'shell', $._array_or_shell),
    stopsignal_instruction: $ => instruction($, 'stopsignal', $.rest),
    user_instruction: $ => instruction($, 'user', $.rest),
    volume_instruction: $ => instruction($, 'volume', $._array_or_words),
    workdir_instruction: $ => instruction($, 'workdir', $.rest),
    unknown_instruction: $ => instruction($, 'unknown', $._plain_rest),

    // ----------------------------------------------------------------------------------------------- flags

    _flags: $ => repeat1($.flag),

    flag: $ => choice(
      seq(
        alias($._flag_marker, '--'),
        optional(field('name', $.flag_name)),
        optional(seq(alias($._flag_equals, '='), optional(field('value', $.flag_value)))),
      ),
      // `--mount=` whose value has no quotes and no escapes, so that its fields can be told apart
      seq(
        alias($._mount_flag_marker, '--'),
        field('name', $.flag_name),
        alias($._flag_equals, '='),
        optional(field('value', alias($.mount_flag_value, $.flag_value))),
      ),
    ),

    flag_name: $ => repeat1($._flag_name_text),

    flag_value: $ => textWithVariables($, $._flag_value_text),

    mount_flag_value: $ => choice(
      seq($.mount_field, repeat($._next_mount_field)),
      repeat1($._next_mount_field),
    ),

    _next_mount_field: $ => seq(alias($._mount_separator, ','), optional($.mount_field)),

    mount_field: $ => choice(
      seq(
        field('key', $.mount_key),
        optional(seq(alias($._mount_equals, '='), optional(field('value', $.mount_value)))),
      ),
      seq(alias($._mount_equals, '='), optional(field('value', $.mount_value))),
    ),

    mount_key: $ => repeat1($._mount_key_text),

    mount_value: $ => textWithVariables($, $._mount_value_text),

    // ------------------------------------------------------------------------------- shell form, JSON form

    _array_or_shell: $ => choice($.json_array, $.shell_command),
    _array_or_words: $ => choice($.json_array, repeat1($.word)),
    _array_or_sources: $ => choice($.json_array, repeat1(choice($.word, $.heredoc_marker))),

    // The scanner gives `_array_begin` only in front of a complete JSON array of strings.
    json_array: $ => seq(
      $._array_begin,
      alias($._array_open, '['),
      optional(seq($.json_string, repeat(seq(alias($._array_separator, ','), $.json_string)))),
      alias($._array_close, ']'),
    ),

    shell_command: $ => repeat1($.shell_text),

    // The text of one physical line of a command.
    shell_text: $ => seq($._shell_line_begin, repeat1(choice($._shell_fragment, $._shell_heredoc_marker))),

    // `<<EOF` in a command; other than in COPY, quotes and blanks behind `<<` belong to it.
    _shell_heredoc_marker: $ => alias($.shell_heredoc_marker, $.heredoc_marker),
    shell_heredoc_marker: $ => seq($._heredoc_operator, repeat1($._shell_word_text)),

    // ----------------------------------------------------------------------------------------------- words

    word: $ => unit($, textWithVariables($, $._word_text)),

    healthcheck_type: $ => unit($, repeat1($._word_text)),

    // `<<EOF` among the words of COPY and ADD
    heredoc_marker: $ => seq($._heredoc_word_begin, repeat1($._word_text)),

    _from_words: $ => seq(
      $.image_reference,
      optional(choice(
        seq($.as_keyword, optional(seq($.stage_name, repeat($.word)))),
        repeat1($.word),
      )),
    ),

    as_keyword: $ => seq($._as_begin, repeat1($._word_text)),

    stage_name: $ => unit($, repeat1($._word_text)),

    image_reference: $ => unit($,
      field('name', $.image_name),
      optional(seq(alias($._tag_separator, ':'), optional(field('tag', $.image_tag)))),
      optional(seq(alias($._digest_separator, '@'), optional(field('digest', $.image_digest)))),
    ),

    image_name: $ => textWithVariables($, $._image_name_text),
    image_tag: $ => textWithVariables($, $._image_tag_text),
    image_digest: $ => textWithVariables($, $._word_text),

    // `8080/tcp`, `1000-1010`, `$PORT/udp`
    port: $ => unit($,
      field('number', $.port_number),
      optional(seq(alias($._protocol_separator, '/'), optional(field('protocol', $.port_protocol)))),
    ),

    port_number: $ => textWithVariables($, $._port_text),
    port_protocol: $ => textWithVariables($, $._word_text),

    // The whole rest of the line is one argument; blanks belong to it.
    rest: $ => unit($, textWithVariables($, $._rest_text)),

    // … and nothing in it is expanded.
    _plain_rest: $ => alias($.plain_rest, $.rest),
    plain_rest: $ => unit($, repeat1($._plain_text)),

    // ----------------------------------------------------------------------------------------------- pairs

    _pairs: $ => choice($.legacy_pair, repeat1($.pair)),

    // `ENV NAME the whole rest`
    legacy_pair: $ => seq(
      $._legacy_pair_begin,
      field('key', alias($.word, $.key)),
      optional(field('value', alias($.rest, $.value))),
    ),

    // `ENV NAME=value`; a pair without `=` or without a name is an error that BuildKit finds later.
    pair: $ => unit($, choice(
      seq(field('key', $.key), optional($._equals_value)),
      $._equals_value,
    )),

    // `ARG NAME=value`: no variables in the name.
    argument_pair: $ => unit($, choice(
      seq(field('key', alias($.argument_name, $.key)), optional($._equals_value)),
      $._equals_value,
    )),

    _equals_value: $ => seq(alias($._pair_equals, '='), optional(field('value', $.value))),

    key: $ => textWithVariables($, $._key_text),

    argument_name: $ => repeat1($._key_text),

    value: $ => repeat1(choice($._value_text, $.variable, $.double_quoted, $.single_quoted)),

    // A quote without an end swallows the rest of the logical line.
    double_quoted: $ => seq(
      alias($._double_quote_open, '"'),
      repeat(choice($._double_quoted_text, $.variable)),
      choice(alias($._double_quote_close, '"'), $._unclosed_quote),
    ),

    single_quoted: $ => seq(
      alias($._single_quote_open, '\''),
      repeat($._single_quoted_text),
      choice(alias($._single_quote_close, '\''), $._unclosed_quote),
    ),

    // ------------------------------------------------------------------------------------------- variables

    // The scanner gives the marker only in front of a complete variable that BuildKit can expand.
    variable: $ => choice(
      seq(alias($._variable_marker, '$'), field('name', $.variable_name)),
      seq(
        alias($._variable_brace_marker, '${'),
        field('name', $.variable_name),
        optional(choice(
          seq(field('operator', $.variable_operator), optional(field('word', $.variable_word))),
          seq(
            field('operator', alias($._pattern_operator, $.variable_operator)),
            optional(field('word', $.variable_word)),
            alias($._pattern_separator, '/'),
            optional(field('replacement', $.variable_word)),
          ),
        )),
        alias($._variable_brace_close, '}'),
      ),
    ),

    variable_word: $ => textWithVariables($, $._variable_word_text),

    // -------------------------------------------------------------------------------------------- heredocs

    heredoc_body: $ => seq(optional($.heredoc_content), $._heredoc_end_begin, $.heredoc_end),
  },
});
