; Shell form.  Continuations mean the same to the shell.  A command that starts with a heredoc is left
; out, because the grammar for bash has no rule for it.

((shell_command) @injection.content
  (#not-match? @injection.content "^[0-9]*<<")
  (#set! injection.language "bash")
  (#set! injection.include-children))

; The body of `RUN <<EOF`, where the heredoc is the whole command: a script for the shell, or for the
; interpreter that its first line names.

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#not-match? @injection.content "^#!")
  (#set! injection.language "bash"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#match? @injection.content "^#!.*(sh|bash|ash|dash)( .*)?\n")
  (#set! injection.language "bash"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#match? @injection.content "^#!.*python[0-9.]*( .*)?\n")
  (#set! injection.language "python"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#match? @injection.content "^#!.*perl( .*)?\n")
  (#set! injection.language "perl"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#match? @injection.content "^#!.*ruby( .*)?\n")
  (#set! injection.language "ruby"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]*$")
  (#match? @injection.content "^#!.*node( .*)?\n")
  (#set! injection.language "javascript"))

; `RUN <<EOF python3`: the program that reads the body.  What other commands do with a heredoc is unknown.

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "(^|[ \t;&|(])([^ \t]*/)?(ba|da|a|z|k)?sh([ \t]+-[^ \t]*)*[ \t]+[0-9]*<<-?[^ \t<]+[ \t]*$")
  (#set! injection.language "bash"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]+([^ \t]*/)?(ba|da|a|z|k)?sh([ \t]+-[^ \t]*)*[ \t]*$")
  (#set! injection.language "bash"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "(^|[ \t;&|(])([^ \t]*/)?python[0-9.]*([ \t]+-[^ \t]*)*[ \t]+[0-9]*<<-?[^ \t<]+[ \t]*$")
  (#set! injection.language "python"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]+([^ \t]*/)?python[0-9.]*([ \t]+-[^ \t]*)*[ \t]*$")
  (#set! injection.language "python"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "(^|[ \t;&|(])([^ \t]*/)?perl([ \t]+-[^ \t]*)*[ \t]+[0-9]*<<-?[^ \t<]+[ \t]*$")
  (#set! injection.language "perl"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]+([^ \t]*/)?perl([ \t]+-[^ \t]*)*[ \t]*$")
  (#set! injection.language "perl"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "(^|[ \t;&|(])([^ \t]*/)?ruby([ \t]+-[^ \t]*)*[ \t]+[0-9]*<<-?[^ \t<]+[ \t]*$")
  (#set! injection.language "ruby"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]+([^ \t]*/)?ruby([ \t]+-[^ \t]*)*[ \t]*$")
  (#set! injection.language "ruby"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "(^|[ \t;&|(])([^ \t]*/)?node([ \t]+-[^ \t]*)*[ \t]+[0-9]*<<-?[^ \t<]+[ \t]*$")
  (#set! injection.language "javascript"))

(run_instruction
  (shell_command) @_command
  .
  (heredoc_body
    (heredoc_content) @injection.content)
  (#match? @_command "^[0-9]*<<-?[ \t]*[^ \t]+[ \t]+([^ \t]*/)?node([ \t]+-[^ \t]*)*[ \t]*$")
  (#set! injection.language "javascript"))

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
  (#match? @_destination "[.](ini|cfg|service)$")
  (#set! injection.language "ini"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]js$")
  (#set! injection.language "javascript"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]xml$")
  (#set! injection.language "xml"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]html?$")
  (#set! injection.language "html"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "[.]sql$")
  (#set! injection.language "sql"))

((copy_instruction
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_destination "(^|[/.])([Dd]ockerfile|[Cc]ontainerfile)$")
  (#set! injection.language "dockerfile"))

; `COPY <<app.json /etc/app/`: the file is named after the heredoc when the destination is a folder.  Only of a lone
; heredoc; a query cannot tell which body belongs to which of several.

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]json[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "json"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]ya?ml[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "yaml"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.](sh|bash)[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "bash"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]toml[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "toml"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]py[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "python"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.](ini|cfg|service)[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "ini"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]js[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "javascript"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]xml[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "xml"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]html?[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "html"))

((copy_instruction
   (keyword)
   (flag)*
   .
   (heredoc_marker) @_name
   .
   (word) @_destination
   .
   (heredoc_body
     (heredoc_content) @injection.content))
  (#match? @_name "[.]sql[\"']?$")
  (#match? @_destination "/$")
  (#set! injection.language "sql"))
