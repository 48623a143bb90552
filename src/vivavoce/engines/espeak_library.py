"""eSpeak NG's shared library for pyttsx3: the system's, else the one of PyPI's espeakng-loader.

eSpeak NG is under the GPL: only the voice's worker process may import this module.
"""

from __future__ import annotations

import ctypes
import os

SYSTEM_NAME = "libespeak-ng.so.1"


def provide_espeak() -> None:
    """Load eSpeak NG so that pyttsx3 finds it; call this before pyttsx3 is imported.

    Where there is neither, nothing happens, and pyttsx3 looks in places of its own.
    """
    try:
        ctypes.CDLL(SYSTEM_NAME)
    except OSError:
        try:
            import espeakng_loader
        except ImportError:
            return
        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        # Global: when pyttsx3 asks for the system's name, the linker gives it this one.
        ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
