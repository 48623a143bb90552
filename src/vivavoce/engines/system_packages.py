"""Which command brings a missing system library on this machine."""

from __future__ import annotations

import platform

_INSTALLERS = {
    "debian": "sudo apt-get install",
    "ubuntu": "sudo apt-get install",
    "fedora": "sudo dnf install",
    "rhel": "sudo dnf install",
    "arch": "sudo pacman -S",
}
"""By /etc/os-release's ID and ID_LIKE; derivatives name their parent in the latter."""


def install_hint(debian: str, fedora: str, arch: str) -> str:
    """Return the sentence that names the command to run.

    Args:
        debian: The package's name on Debian, Ubuntu and what is built on them.
        fedora: On Fedora and its like.
        arch: On Arch and its like.
    """
    packages = {"debian": debian, "ubuntu": debian, "fedora": fedora, "rhel": fedora, "arch": arch}
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        release = {}
    for system in [release.get("ID", ""), *release.get("ID_LIKE", "").split()]:
        if system in packages:
            return f"Install it: {_INSTALLERS[system]} {packages[system]}"
    return f"Install it with your package manager: {debian} on Debian, {fedora} on Fedora."
