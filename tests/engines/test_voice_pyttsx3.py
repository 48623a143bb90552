"""The voice: real pyttsx3 and eSpeak NG in the real worker process."""

from __future__ import annotations

import contextlib
import ctypes.util
import os
import select
import signal
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from tests.mounts import hiding
from vivavoce.engines.protocols import Rendered
from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice, list_voices, place_words
from vivavoce.engines.voice_pyttsx3_worker import make_pcm_wav
from vivavoce.errors import AudioDeviceError

PROMPT = (
    "People open their personal mix less with every week they have it. What would you do, and how "
    "would we know that it worked?"
)


def words_of(rendered: Rendered, text: str) -> list[str]:
    return [text[word.start_char : word.end_char] for word in rendered.words]


def test_a_prompt_becomes_a_mono_wav_of_its_length(tmp_path: Path) -> None:
    rendered = Pyttsx3Voice(tmp_path).render(PROMPT)
    with wave.open(str(rendered.wav)) as wav:
        assert (wav.getnchannels(), wav.getsampwidth()) == (1, 2)
        assert wav.getnframes() / wav.getframerate() == pytest.approx(rendered.seconds)
        samples = np.frombuffer(wav.readframes(wav.getnframes()), np.int16)
    assert 5.0 < rendered.seconds < 12.0
    assert np.abs(samples).max() > 3_000


def test_each_word_has_its_time_in_order_and_within_the_sound(tmp_path: Path) -> None:
    rendered = Pyttsx3Voice(tmp_path).render(PROMPT)
    assert words_of(rendered, PROMPT) == PROMPT.split()
    starts = [word.start for word in rendered.words]
    assert starts == sorted(set(starts))
    assert 0.0 <= starts[0] < 0.1
    assert starts[-1] < rendered.seconds


def test_word_times_are_exact_across_a_pause(tmp_path: Path) -> None:
    text = "First. Second."
    rendered = Pyttsx3Voice(tmp_path).render(text)
    with wave.open(str(rendered.wav)) as wav:
        rate = wav.getframerate()
        loud = np.abs(np.frombuffer(wav.readframes(wav.getnframes()), np.int16)) > 300
    second = rendered.words[1].start
    just_before = loud[round((second - 0.15) * rate) : round((second - 0.02) * rate)]
    just_after = loud[round(second * rate) : round((second + 0.15) * rate)]
    assert not just_before.any()
    assert just_after.any()


def test_words_beyond_ascii_keep_their_places(tmp_path: Path) -> None:
    text = "The café’s naïve first mix — ends here."
    rendered = Pyttsx3Voice(tmp_path).render(text)
    assert words_of(rendered, text) == text.split()


def test_a_second_rendering_comes_from_the_cache(tmp_path: Path) -> None:
    voice = Pyttsx3Voice(tmp_path)
    first = voice.render(PROMPT)
    # Only the cache can answer where no worker may start.
    again = Pyttsx3Voice(tmp_path, deadline=0.0).render(PROMPT)
    assert again == first
    assert first.wav.stat().st_mode & 0o777 == 0o600


def test_another_rate_or_voice_is_another_sound(tmp_path: Path) -> None:
    slow = Pyttsx3Voice(tmp_path, rate=110).render(PROMPT)
    fast = Pyttsx3Voice(tmp_path, rate=260).render(PROMPT)
    other = Pyttsx3Voice(tmp_path, voice="en-us+f3").render(PROMPT)
    assert slow.seconds > 1.6 * fast.seconds
    assert len({slow.wav, fast.wav, other.wav}) == 3


def test_the_rate_is_held_every_time(tmp_path: Path) -> None:
    lengths = {
        Pyttsx3Voice(tmp_path / str(attempt), rate=250).render("One two three four.").seconds
        for attempt in range(6)
    }
    assert len(lengths) == 1


def test_a_damaged_cache_entry_is_rendered_again(tmp_path: Path) -> None:
    voice = Pyttsx3Voice(tmp_path)
    first = voice.render("Why that?")
    sound = first.wav.read_bytes()
    first.wav.write_bytes(sound[: len(sound) // 2])
    assert voice.render("Why that?") == first
    assert first.wav.read_bytes() == sound
    first.wav.with_suffix(".json").write_text("{")
    assert voice.render("Why that?") == first


def test_two_threads_may_render_the_same_sentence(tmp_path: Path) -> None:
    voice = Pyttsx3Voice(tmp_path)
    rendered: list[Rendered] = []
    threads = [
        threading.Thread(target=lambda: rendered.append(voice.render("Who loses?")))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rendered[0] == rendered[1]
    assert not list(tmp_path.rglob("*.part.*"))


def test_a_voice_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(AudioDeviceError, match="There is no voice “banana”") as caught:
        Pyttsx3Voice(tmp_path, voice="banana").render("Hello.")
    assert "vivavoce doctor" in caught.value.hint


def have_espeak_hang(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have eSpeak open its data and wait for ever; return the first pipe that it opens."""
    data = folder / "espeak-ng-data"
    data.mkdir()
    os.mkfifo(data / "phontab")
    os.mkfifo(data / "phonindex")
    monkeypatch.setenv("ESPEAK_DATA_PATH", str(folder))
    return data / "phontab"


def test_a_worker_that_hangs_is_ended_with_all_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    have_espeak_hang(tmp_path, monkeypatch)
    with pytest.raises(AudioDeviceError, match="did not answer within 1 s"):
        Pyttsx3Voice(tmp_path / "cache", deadline=1.0).render("Hello.")
    children = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    )
    assert "voice_pyttsx3_worker" not in children.stdout
    assert not list((tmp_path / "cache").rglob("*.part.*"))


def test_without_any_voice_the_package_to_install_is_named(tmp_path: Path) -> None:
    import espeakng_loader

    code = (
        "from pathlib import Path; from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice; "
        f"Pyttsx3Voice(Path({str(tmp_path)!r})).render('Hello.')"
    )
    loader = Path(espeakng_loader.get_library_path())
    outcome = hiding("pyttsx3.drivers._espeak", "libespeak-ng", code, also=[loader])
    assert "AudioDeviceError: No voice works here" in outcome.stderr
    assert "espeak-ng" in outcome.stderr


def test_without_the_systems_espeak_the_one_from_pypi_speaks(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice; "
        f"print(Pyttsx3Voice(Path({str(tmp_path)!r})).render('Hello there.').seconds)"
    )
    outcome = hiding("pyttsx3.drivers._espeak", "libespeak-ng", code)
    assert float(outcome.stdout) > 0.4, outcome.stderr


def test_the_voices_that_speak_english_are_listed() -> None:
    assert "gmw/en-us" in list_voices()
    assert not any("gmw/de" in voice for voice in list_voices())


def test_words_without_marks_are_placed_by_their_characters() -> None:
    assert place_words("aa bb cc", [], 8.0) == ((0, 2, 0.0), (3, 5, 3.0), (6, 8, 6.0))


def test_words_between_marks_are_placed_between_them() -> None:
    words = place_words("aa bb cc dd", [(0, 0.5), (6, 2.5)], 4.0)
    assert words == ((0, 2, 0.5), (3, 5, 1.5), (6, 8, 2.5), (9, 11, 3.4))


def test_an_aiff_file_becomes_a_wav(tmp_path: Path) -> None:
    path = tmp_path / "voice.wav"
    tone = (8_000 * np.sin(np.arange(22_050) / 10)).astype(np.int16)
    with av.open(str(path), "w", format="aiff") as container:
        stream = container.add_stream("pcm_s16be", rate=22_050, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.rate = 22_050
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    make_pcm_wav(path)
    with wave.open(str(path)) as wav:
        assert wav.getframerate() == 22_050
        samples = np.frombuffer(wav.readframes(wav.getnframes()), np.int16)
    assert np.array_equal(samples, tone)


def test_the_program_itself_never_loads_espeak(tmp_path: Path) -> None:
    assert ctypes.util.find_library("espeak-ng"), "espeak-ng is missing: run scripts/test"
    code = (
        "from pathlib import Path; from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice; "
        f"Pyttsx3Voice(Path({str(tmp_path)!r})).render('Hello.'); "
        "print('espeak' in Path('/proc/self/maps').read_text())"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "False"


def test_a_worker_whose_program_is_gone_ends_by_itself() -> None:
    code = (
        "import vivavoce.engines.voice_pyttsx3_worker as worker; "
        "worker.LIFE_SECONDS = 0.2; worker._main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:  # it waits for a request that never comes
        assert worker.wait(timeout=20) == 1


def test_a_worker_that_hangs_ends_with_its_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_data = have_espeak_hang(tmp_path, monkeypatch)
    code = (
        "from pathlib import Path; from vivavoce.engines.voice_pyttsx3 import Pyttsx3Voice; "
        f"Pyttsx3Voice(Path({str(tmp_path)!r})).render('Hello.')"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as program:
        first_data.open("wb").close()  # returns once eSpeak has opened it too
        children = Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text()
        worker = os.pidfd_open(int(children))
        program.kill()
    try:
        assert select.select([worker], [], [], 10.0)[0], "the worker lives on"
    finally:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(worker, signal.SIGKILL)
        os.close(worker)


def test_what_a_killed_program_left_half_rendered_is_removed_after_a_day(tmp_path: Path) -> None:
    voice = Pyttsx3Voice(tmp_path)
    folder = voice.render("Why that?").wav.parent
    for name, hours in (("a.part.wav", 25), ("a.part.json", 25), ("b.part.wav", 1)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - 3_600 * hours,) * 2)
    voice.render("Who loses?")
    assert [path.name for path in folder.glob("*.part.*")] == ["b.part.wav"]
