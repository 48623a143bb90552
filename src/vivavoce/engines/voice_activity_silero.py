"""Voice activity by Silero VAD, one frame at a time; the weights come with faster-whisper."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np

from vivavoce.engines.protocols import Audio
from vivavoce.errors import ModelError

FRAME_SAMPLES = 512
"""32 ms at 16 kHz: the only size the model takes."""
_CONTEXT_SAMPLES = 64
"""The model sees the end of the frame before; Silero VAD v5 and later."""


def _weights() -> Path:
    # Found without importing faster_whisper, which takes half a second.
    spec = importlib.util.find_spec("faster_whisper")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        found = sorted(Path(folder, "assets").glob("silero_vad_v*.onnx"))
        if found:
            return found[-1]
    raise ModelError(
        "The voice detector's weights are missing: faster-whisper is not installed whole.",
        "Install it again: pip install --force-reinstall faster-whisper",
    )


class SileroVoiceActivity:
    """One stream's speech detector (Protocol: VoiceActivity)."""

    frame_samples = FRAME_SAMPLES

    def __init__(self) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = 1
        options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 4
        self._session = onnxruntime.InferenceSession(
            str(_weights()), providers=["CPUExecutionProvider"], sess_options=options
        )
        self.reset()

    def reset(self) -> None:
        """Forget what came before: the state drifts over minutes of speech."""
        self._hidden = np.zeros((1, 1, 128), dtype=np.float32)
        self._cell = np.zeros((1, 1, 128), dtype=np.float32)
        self._context = np.zeros(_CONTEXT_SAMPLES, dtype=np.float32)

    def probability(self, frame: Audio) -> float:
        """Return how likely the frame, shape (512,), is speech: 0 to 1."""
        window = np.concatenate([self._context, frame])[np.newaxis, :]
        output, self._hidden, self._cell = self._session.run(
            None, {"input": window, "h": self._hidden, "c": self._cell}
        )
        self._context = frame[-_CONTEXT_SAMPLES:]
        return float(output.reshape(-1)[0])
