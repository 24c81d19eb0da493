# Completion for fish: asks `stockbook complete` what can stand at the cursor.

function __stockbook_complete
    command -q stockbook; or return
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (command stockbook complete -- $words[2..] (string unescape -- $current; or echo -- $current) 2>/dev/null)
    if test "$answer[1]" = \tfiles
        # After `--option=` the file begins.
        set -l before (string match -r -- '^--[^=]*=' $current)
        set -l path (string replace -- "$before" '' $current)
        for file in (__fish_complete_path $path)
            echo -- "$before$file"
        end
        set -e answer[1]
    end
    printf '%s\n' $answer
end

complete -c stockbook -k -f -a '(__stockbook_complete)'
