; Lines

(comment) @comment
(empty_continuation_line) @comment
(line_continuation) @punctuation.special

(directive
  "#" @comment
  name: (directive_name) @keyword.directive
  "=" @operator
  value: (directive_value) @string.special)

; Instructions

(keyword) @keyword
(unknown_instruction keyword: (keyword) @variable)
(as_keyword) @keyword
(healthcheck_type) @keyword

; Flags

(flag "--" @punctuation.delimiter)
(flags_end) @punctuation.delimiter
(flag_name) @attribute
(flag "=" @operator)
(flag_value) @string
(flag_value "," @punctuation.delimiter)
(mount_field "=" @operator)
(mount_key) @property
(mount_value) @string

; Images and stages

(image_name) @string.special
(image_reference ":" @punctuation.delimiter)
(image_reference "@" @punctuation.delimiter)
(image_tag) @constant
(image_digest) @constant
(stage_name) @label

; Arguments

(word) @string
(rest) @string
(port_number) @number
(port "/" @punctuation.delimiter)
(port_protocol) @type

(pair key: (key) @property)
(pair "=" @operator)
(pair value: (value) @string)
(legacy_pair key: (key) @property)
(legacy_pair value: (value) @string)
(double_quoted) @string
(single_quoted) @string

(json_array ["[" "]"] @punctuation.bracket)
(json_array "," @punctuation.delimiter)
(json_string) @string

; Heredocs

(heredoc_marker) @label
(heredoc_end) @label
(heredoc_content) @string

; Variables

(variable ["$" "${" "}"] @punctuation.special)
(variable_name) @variable
(variable_operator) @operator
(variable "/" @operator)
(variable_word) @string
