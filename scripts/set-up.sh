# What scripts/vivavoce and scripts/test share: bringing whatever is missing. Sourced, never run.
# Every step may be repeated: it does only what is not done yet. All it prints goes to stderr.
# The caller has set `root`, the project's folder.
# shellcheck shell=bash

venv=$root/.venv
apt_line="sudo apt-get install"
[[ -n ${HOME-} ]] || unset HOME # an empty one would put caches into the root folder

say() {
    printf 'vivavoce: %s\n' "$*" >&2
}

fail() {
    say "$@"
    exit 1
}

fingerprint() { # of everything that decides what belongs into the environment, and of where it is
    cksum "$root/pyproject.toml" "$root/constraints.txt" "$root/scripts/set-up.sh"
}

is_set_up() { # is_set_up STAMP: was everything done, for these files in this place?
    local recorded=
    # The Python inside is a link to the one that made it: gone after an upgrade of the system.
    [[ -x $venv/bin/vivavoce && -x $venv/bin/python && -r $venv/$1 ]] || return 1
    IFS= read -r -d '' recorded <"$venv/$1" || true
    [[ $recorded == "$(fingerprint)" ]]
}

set_up() { # set_up STAMP STEPS: run the function STEPS unless the stamp says that it was done
    is_set_up "$1" && return
    trap 'say "Stopped. Run it again and it goes on from here."; exit 130' INT TERM
    {
        find_python
        wait_for_our_turn "$python"
        if ! is_set_up "$1"; then
            "$2"
            # Last of all, and in one step, so that it never stands for half of the work.
            printf %s "$(fingerprint)" >"$venv/$1.part"
            mv "$venv/$1.part" "$venv/$1"
        fi
    } </dev/null >&2
    exec 9<&-
    trap - INT TERM
}

find_python() { # sets `python` to the real path of a CPython that is new enough
    local name probe
    probe='import os, sys
if sys.version_info < (3, 11) or sys.implementation.name != "cpython": sys.exit(1)
print(os.path.realpath(sys._base_executable))'
    for name in python3 python3.13 python3.12 python3.14 python3.11; do
        if python=$("$name" -I -c "$probe" 2>/dev/null); then return; fi
    done
    name=$(python3 --version 2>/dev/null) || name="no python3"
    say "Python 3.11 or newer is needed; here is $name."
    fail "Install a newer one, then run this again. On Debian: $apt_line python3 python3-venv"
}

wait_for_our_turn() { # wait_for_our_turn PYTHON: two at once would write into each other's files
    # The lock belongs to descriptor 9, which this shell and its children hold open: it goes with
    # the last of them, however they end, so none is ever stale. macOS has no flock command.
    local take='import fcntl, sys
try: fcntl.flock(9, fcntl.LOCK_EX | (fcntl.LOCK_NB if sys.argv[1] == "try" else 0))
except BlockingIOError: sys.exit(1)
except OSError: pass # a file system without locks'
    exec 9<"$root/scripts"
    "$1" -I -c "$take" try && return
    say "Another set-up is running here; waiting for it ..."
    "$1" -I -c "$take" wait
}

missing_packages() { # missing_packages PACKAGE...: prints those that the system does not have
    local package
    for package; do
        dpkg-query --show --showformat='${db:Status-Status}\n' "$package" 2>/dev/null |
            grep -qx installed || printf '%s\n' "$package"
    done
}

install_packages() { # install_packages PACKAGE...: as root on Debian and its like, else fails
    [[ $EUID -eq 0 ]] && command -v apt-get >/dev/null || return 1
    say "Installing $* with apt-get ..."
    local install=(
        env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq
        install --yes --no-install-recommends "$@"
    )
    # Without descriptor 9: a service that a package starts must not keep the lock.
    "${install[@]}" 9<&- || { apt-get -qq update 9<&- && "${install[@]}" 9<&-; }
}

make_environment() { # make_environment SYSTEM_PACKAGE...: those would be named with python3-venv
    local version
    if environment_works; then return; fi
    if ! "$python" -I -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        if command -v dpkg-query >/dev/null; then
            install_packages "python$version-venv" || {
                say "Python's venv module is missing. Install it, then run this again:"
                fail "  $apt_line python$version-venv $(missing_packages "$@" | xargs)"
            }
        else
            fail "Python's modules venv and ensurepip are missing: see docs/install.md"
        fi
    fi
    say "Making a virtual environment in .venv ..."
    "$python" -I -m venv --clear "$venv" ||
        fail "The environment could not be made in $venv: is there room, and may you write there?"
}

environment_works() { # made in this place, whole, and by a Python that is still there?
    [[ -r $venv/pyvenv.cfg && $(<"$venv/pyvenv.cfg") == *" $venv"* ]] || return 1
    drop_half_installed
    "$venv/bin/python" -I -m pip --version >/dev/null 2>&1
}

drop_half_installed() { # what an interrupted pip left, so that the next one does it again
    local info
    for info in "$venv"/lib/python*/site-packages/*.dist-info; do
        # pip writes INSTALLER when all of a package's files are there.
        [[ ! -d $info || -e $info/INSTALLER ]] || rm -rf "$info"
    done
    rm -rf "$venv"/lib/python*/site-packages/~*
}

pip_install() {
    local progress=--progress-bar=on
    [[ -t 2 ]] || progress=--quiet
    "$venv/bin/python" -I -m pip install "$progress" --disable-pip-version-check \
        --constraint "$root/constraints.txt" "$@" ||
        fail "The packages could not be brought. Check the network and run this again: what is here stays."
}

offer_portaudio() { # sound needs it; everything else works without
    [[ $OSTYPE == linux* ]] || return 0
    has_library portaudio && return
    install_packages libportaudio2 && return
    say "PortAudio is missing, so there is no sound yet. Install it:"
    if command -v dpkg-query >/dev/null; then
        say "  $apt_line libportaudio2"
    else
        say "  sudo dnf install portaudio (Fedora), sudo pacman -S portaudio (Arch)"
    fi
}

bring_espeak() { # the voice on Linux; other systems have one of their own
    [[ $OSTYPE == linux* ]] || return 0
    has_library espeak-ng && return
    install_packages espeak-ng && return
    say "Bringing eSpeak NG, the voice, into the environment ..."
    pip_install -e "$root[espeak]"
}

has_library() {
    "$venv/bin/python" -I -c \
        'import ctypes.util, sys; sys.exit(ctypes.util.find_library(sys.argv[1]) is None)' "$1"
}

install_vivavoce() {
    say "Installing vivavoce and its libraries, about 130 MB the first time ..."
    pip_install -e "$root"
}

models_folder() { # prints where the program keeps its models (src/vivavoce/locations.py)
    local data=${XDG_DATA_HOME:-~/.local/share}
    [[ $OSTYPE != darwin* ]] || data=~/Library/Application\ Support
    printf '%s\n' "${VIVAVOCE_MODELS:-$data/vivavoce/models}"
}

config_file() { # prints where the program keeps its settings (src/vivavoce/locations.py)
    local folder=${XDG_CONFIG_HOME:-~/.config}/vivavoce
    [[ $OSTYPE != darwin* ]] || folder=~/Library/Application\ Support/vivavoce
    if [[ -n ${VIVAVOCE_HOME-} ]]; then
        folder=$VIVAVOCE_HOME
        [[ $folder != \~ && $folder != \~/* ]] || folder=${HOME-}${folder:1}
    fi
    printf '%s\n' "$folder/config.toml"
}

uses_another_model() { # uses_another_model NAME ARGUMENTS: than NAME, as src/vivavoce/config.py says
    local name=$1 model='' previous='' argument line file
    local setting=$'^(\xef\xbb\xbf)?[ \t]*["\']?model["\']?[ \t]*=[ \t]*["\']*([^"\']*)'
    shift
    for argument; do
        [[ $previous != --model ]] || model=$argument
        [[ $argument != --model=* ]] || model=${argument#--model=}
        previous=$argument
    done
    model=${model:-${VIVAVOCE_MODEL-}}
    file=$(config_file)
    if [[ -z $model && -f $file && -r $file ]]; then
        while IFS= read -r line || [[ -n $line ]]; do
            [[ ! $line =~ $setting ]] || model=${BASH_REMATCH[2]}
        done <"$file"
    fi
    [[ -n $model && $model != "$name" ]]
}

bring_weights() { # bring_weights MODEL: unless its folder is there; the program itself looks closer
    local folder code=0
    folder=$(models_folder)/$1
    [[ ! -d $folder ]] || return 0
    wait_for_our_turn "$venv/bin/python"
    if [[ ! -d $folder ]]; then
        case $1 in
        minilm) say "Bringing the model minilm, which reads what you said for the score ..." ;;
        *) say "Bringing the Whisper weights $1, which hear you ..." ;;
        esac
        "$venv/bin/vivavoce" models pull "$1" </dev/null >&2 || code=$?
    fi
    exec 9<&-
    return $code
}
