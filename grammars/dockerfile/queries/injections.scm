; Shell form.  Continuations mean the same to the shell.  A command that starts with a heredoc is left
; out, because the grammar for bash has no rule for it.

((shell_command) @injection.content
  (#not-match? @injection.content "^[0-9]*<<")
  (#set! injection.language "bash")
  (#set! injection.include-children))

; A script as the body of `RUN <<EOF`, unless it starts with `#!`.

(run_instruction
  (heredoc_body
    (heredoc_content) @injection.content)
  (#not-match? @injection.content "^#!")
  (#set! injection.language "bash"))

(run_instruction
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @injection.content "^#!.*(sh|bash|ash|dash)( .*)?\n")
  (#set! injection.language "bash"))

(run_instruction
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @injection.content "^#!.*python[0-9.]*( .*)?\n")
  (#set! injection.language "python"))

(run_instruction
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @injection.content "^#!.*perl( .*)?\n")
  (#set! injection.language "perl"))

; `COPY <<EOF /etc/app.json`: the language follows from the destination, the last word.

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]json$")
  (#set! injection.language "json"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]ya?ml$")
  (#set! injection.language "yaml"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.](sh|bash)$")
  (#set! injection.language "bash"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]toml$")
  (#set! injection.language "toml"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]py$")
  (#set! injection.language "python"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.](ini|cfg)$")
  (#set! injection.language "ini"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "(^|[/.])([Dd]ockerfile|[Cc]ontainerfile)$")
  (#set! injection.language "dockerfile"))
