"""Audio files as they come: every kind of sample, and every way to be broken."""

from __future__ import annotations

import io
import os
import struct
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from tests.hearing import find_sound
from vivavoce.domain.speech import SAMPLE_RATE
from vivavoce.engines.audio_files_av import AudioFile, read_audio
from vivavoce.engines.protocols import Samples
from vivavoce.errors import BadInputError, NotFoundError
from vivavoce.store.case_library import sample_answer


@pytest.fixture(scope="module")
def sound() -> Samples:
    """Six seconds of the shipped sample."""
    return np.concatenate(list(read_audio(sample_answer("daily-mix-churn"))))[: 6 * SAMPLE_RATE]


def encode(
    path: Path,
    sound: Samples,
    codec: str,
    kind: str,
    layout: str = "mono",
    rate: int = SAMPLE_RATE,
    bit_rate: int | None = None,
) -> Path:
    """Write a sound as a program would."""
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=rate, layout=layout)
        assert isinstance(stream, av.AudioStream)
        if bit_rate is not None:
            stream.bit_rate = bit_rate
        resampler = av.AudioResampler(format=kind, layout=layout, rate=rate)
        for start in range(0, len(sound), 1024):
            frame = av.AudioFrame.from_ndarray(
                sound[start : start + 1024].reshape(1, -1), format="s16", layout="mono"
            )
            frame.sample_rate = SAMPLE_RATE
            for piece in resampler.resample(frame):
                out.mux(stream.encode(piece))
        out.mux(stream.encode(None))
    return path


def float_wav(path: Path, samples: NDArray[np.float32]) -> Path:
    body = samples.astype("<f4").tobytes()
    kind = struct.pack("<HHIIHH", 3, 1, SAMPLE_RATE, 4 * SAMPLE_RATE, 4, 32)
    riff = b"WAVEfmt " + struct.pack("<I", 16) + kind + b"data" + struct.pack("<I", len(body))
    path.write_bytes(b"RIFF" + struct.pack("<I", len(riff) + len(body)) + riff + body)
    return path


def read(path: Path) -> tuple[Samples, str]:
    """Return a file's sound and what is said to be missing."""
    with AudioFile(path) as file:
        samples = np.concatenate(list(file.chunks()))
        return samples, file.fault


KINDS = {
    "8-bit.wav": ("pcm_u8", "u8", "mono", 16_000),
    "studio.wav": ("pcm_s32le", "s32", "stereo", 192_000),
    "cinema.wav": ("pcm_s16le", "s16", "5.1", 48_000),
    "float.wav": ("pcm_f32le", "flt", "stereo", 44_100),
    "double.wav": ("pcm_f64le", "dbl", "mono", 44_100),
    "packed.flac": ("flac", "s16", "stereo", 44_100),
    "player.mp3": ("libmp3lame", "fltp", "stereo", 44_100),
    "telephone.m4a": ("aac", "fltp", "mono", 48_000),
    "voice-note.opus": ("libopus", "s16", "mono", 48_000),
    "browser.webm": ("libopus", "s16", "mono", 48_000),
    "old-apple.aiff": ("pcm_s16be", "s16", "stereo", 22_050),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_file_gives_its_sound(name: str, sound: Samples, tmp_path: Path) -> None:
    codec, kind, layout, rate = KINDS[name]
    heard, fault = read(encode(tmp_path / name, sound, codec, kind, layout, rate))
    assert fault == ""
    begin, likeness = find_sound(sound[16_000:80_000], heard)
    assert likeness > 0.9
    assert begin == pytest.approx(16_000, abs=0.07 * SAMPLE_RATE)
    assert len(heard) == pytest.approx(len(sound), abs=0.15 * SAMPLE_RATE)


@pytest.mark.parametrize("name", [name for name in KINDS if name != "telephone.m4a"])
def test_a_truncated_file_gives_what_is_there_and_says_so(
    name: str, sound: Samples, tmp_path: Path
) -> None:
    codec, kind, layout, rate = KINDS[name]
    whole = encode(tmp_path / name, sound, codec, kind, layout, rate).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    heard, fault = read(tmp_path / name)
    assert len(heard) == pytest.approx(len(sound) / 2, abs=1.1 * SAMPLE_RATE)  # a page of Ogg
    assert "ends early" in fault
    assert name in fault


def test_a_film_gives_its_sound(sound: Samples, tmp_path: Path) -> None:
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as out:
        picture = out.add_stream("mpeg4", rate=5)
        picture.width = picture.height = 64
        voice = out.add_stream("aac", rate=SAMPLE_RATE, layout="mono")
        for _ in range(60):
            frame = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            out.mux(picture.encode(frame))
        voiced = av.AudioFrame.from_ndarray(sound.reshape(1, -1), format="s16", layout="mono")
        voiced.sample_rate = SAMPLE_RATE
        out.mux(voice.encode(voiced))
        out.mux(voice.encode(None))
        out.mux(picture.encode(None))
    heard, fault = read(path)
    assert fault == "", "a picture that goes on is no missing sound"
    assert find_sound(sound[16_000:80_000], heard)[1] > 0.9


def test_what_is_no_number_is_silence(sound: Samples, tmp_path: Path) -> None:
    values = sound.astype(np.float32) / 32768.0
    values[32_000:40_000], values[40_000:44_000], values[44_000:48_000] = np.nan, np.inf, -np.inf
    heard, fault = read(float_wav(tmp_path / "nan.wav", values))
    assert fault == ""
    assert not heard[32_000:48_000].any()
    assert np.array_equal(heard[48_000:], sound[48_000:])


def test_damage_in_the_middle_loses_that_much_and_no_time(sound: Samples, tmp_path: Path) -> None:
    path = encode(tmp_path / "damaged.m4a", sound, "aac", "fltp")
    data = bytearray(path.read_bytes())
    middle = data.find(b"mdat") + 12_000
    data[middle : middle + 2_000] = os.urandom(2_000)
    path.write_bytes(data)
    heard, fault = read(path)
    assert len(heard) == pytest.approx(len(sound), abs=0.4 * SAMPLE_RATE)
    begin, likeness = find_sound(sound[4 * SAMPLE_RATE : 5 * SAMPLE_RATE], heard)
    assert likeness > 0.9
    assert begin == pytest.approx(4 * SAMPLE_RATE, abs=0.1 * SAMPLE_RATE)
    assert fault.startswith("damaged.m4a is damaged")


def test_a_header_that_was_never_mended_is_no_damage(sound: Samples, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        out.writeframes(sound.tobytes())
    data = bytearray(buffer.getvalue())
    data[4:8] = data[40:44] = b"\xff\xff\xff\xff"  # as FFmpeg writes into a pipe
    path = tmp_path / "piped.wav"
    path.write_bytes(data)
    heard, fault = read(path)
    assert np.array_equal(heard, sound)
    assert fault == ""


def test_the_rate_may_change_on_the_way(sound: Samples, tmp_path: Path) -> None:
    parts = [encode(tmp_path / f"{rate}.mp3", sound, "libmp3lame", "s16p", rate=rate)
             for rate in (16_000, 24_000)]  # fmt: skip
    path = tmp_path / "joined.mp3"
    path.write_bytes(b"".join(part.read_bytes() for part in parts))
    heard, _ = read(path)
    assert len(heard) == pytest.approx(2 * len(sound), abs=0.4 * SAMPLE_RATE)
    assert find_sound(sound[16_000:80_000], heard[len(sound) :])[1] > 0.9


def test_an_mp3_whose_length_is_a_guess_is_not_called_damaged(
    sound: Samples, tmp_path: Path
) -> None:
    parts = [
        encode(tmp_path / f"{bits}.mp3", sound, "libmp3lame", "s16p", bit_rate=bits).read_bytes()
        for bits in (32_000, 128_000)
    ]
    path = tmp_path / "guessed.mp3"
    path.write_bytes(b"".join(parts).replace(b"Xing", bytes(4)).replace(b"Info", bytes(4)))
    with AudioFile(path) as file:
        assert file.seconds == pytest.approx(30, abs=2), "five times the first part's bytes"
    assert read(path)[1] == ""


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.wav", b"", "empty.wav is empty"),
        ("header.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80>\0\0\0}\0\0\2\0\x10\0"
                       b"data\0\0\0\0", "header.wav is empty"),
        ("text.wav", b"Hello, this is a text.\n" * 50, "text.wav cannot be read as audio"),
        ("zeros.wav", b"RIFF\0\0\0\0WAVE" + bytes(4096), "zeros.wav cannot be read as audio"),
        ("noise.mp3", bytes(range(256)) * 64, "noise.mp3 cannot be read as audio"),
        ("list.wav", b"#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/a.ts\n", "list.wav cannot be read"),
    ],
)  # fmt: skip
def test_a_file_without_sound_is_a_sentence(
    name: str, content: bytes, sentence: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInputError, match=sentence):
        list(read_audio(tmp_path / name))


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is a folder"):
        AudioFile(tmp_path)
    with pytest.raises(NotFoundError, match="There is no recording"):
        AudioFile(tmp_path / "none.wav")
    with pytest.raises(BadInputError, match="name too long"):
        AudioFile(tmp_path / ("x" * 300))


@pytest.mark.parametrize("name", [b"http:x.wav", b"\xff\x1b[31m.wav", b"-", b"%d.wav"])
def test_a_file_may_have_any_name(
    name: bytes, sound: Samples, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = float_wav(Path(os.fsdecode(name)), sound.astype(np.float32) / 32768.0)
    assert np.array_equal(read(path)[0], sound)
