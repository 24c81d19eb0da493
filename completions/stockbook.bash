# Completion for bash 4.4 or later: asks `stockbook complete` what can stand at the cursor.

_stockbook() {
    local rest=${COMP_LINE:0:COMP_POINT} words=() before= word trimmed i
    # bash splits words at `=` and `:` too; what touches belongs together.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        trimmed=${rest#"${rest%%[![:blank:]]*}"}
        if ((i == COMP_CWORD)); then word=$trimmed; fi
        if ((i > 0)) && [[ -n $rest && $trimmed == "$rest" ]]; then
            before=${words[-1]}
            words[-1]+=$word
        else
            before=
            words+=("$word")
        fi
        rest=${trimmed#"$word"}
    done
    case $word in [=:]) before=${words[-1]} ;; esac
    local quote=
    case $word in [\'\"]*) quote=${word:0:1} ;; esac
    # Without the marks by which a shell keeps a word together.
    words=("${words[@]//[\\\'\"]/}")
    before=${before//[\\\'\"]/}

    local answer values
    mapfile -t answer < <(stockbook complete -- "${words[@]:1}" 2>/dev/null)
    if [[ ${answer[0]} == $'\tfiles' ]]; then
        compopt -o default +o nosort
        answer=("${answer[@]:1}")
    fi
    values=("${answer[@]%%$'\t'*}")
    values=("${values[@]#"$before"}")
    if [[ -z $quote && ${#values[@]} -gt 0 ]]; then
        mapfile -t values < <(printf '%q\n' "${values[@]}")
    fi
    COMPREPLY=("${values[@]}")
    # In a list, what each is; where there is one, or bash goes from one to the next, its value alone.
    if ((${#values[@]} > 1 && ${#values[@]} <= 200)) && [[ $COMP_TYPE != 37 && $COMP_TYPE != 42 ]]; then
        local meaning width=0
        for word in "${values[@]}"; do ((${#word} > width)) && width=${#word}; done
        local room=$((${COLUMNS:-80} - width - 6))
        for i in "${!values[@]}"; do
            meaning=${answer[i]#*$'\t'}
            if [[ -n $meaning && $room -gt 10 ]]; then
                if ((${#meaning} > room)); then meaning=${meaning:0:room-3}...; fi
                printf -v "COMPREPLY[$i]" '%-*s  (%s)' "$width" "${values[i]}" "$meaning"
            fi
        done
    fi
}

complete -o nosort -F _stockbook stockbook
