"""A spoken mock interviewer for a laptop: offline and private."""

import os

# Before anything is loaded, and for every process that is started from here: since 1.32
# onnxruntime sends reports on the machine to its maker unless told not to.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
