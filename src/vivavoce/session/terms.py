"""Engineering terms that run on with no outcome named: when an interviewer would cut in.

Biased to silence: an answer that named a goal, an effect or what it is worth is never cut in on,
and neither is one that is only slow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivavoce.domain.speech import Word
from vivavoce.domain.transcript import Transcript
from vivavoce.scoring.lexicon import INTERNALS, TOOL

PATIENCE_SECONDS = 90.0
"""From the first term to now. The issue's default."""
FEWEST_TERMS = 4
"""Different ones. Chosen."""
BUILDING = re.compile(
    r"\b(?:"
    # What systems are made of
    r"data ?bases?|postgres\w*|my ?sql|sql|sq ?lite|redis|mongo\w*|cassandra|elastic ?search|"
    r"big ?query|snowflake|flink|parquet|iceberg|dbt|dags?|docker|terraform|prometheus|grafana|"
    r"monoliths?|micro ?services?|service mesh|gateways?|middleware|back ?ends?|apis?|endpoints?|"
    r"grpc|rpcs?|web ?sockets?|proto ?buf\w*|protocols?|json|yaml|avro|schemas?|name ?spaces?|"
    r"repositor(?:y|ies)|compilers?|byte ?code|web ?assembly|kernels?|threads?|mutex(?:es)?|"
    r"load balancers?|firmware|virtual machines?|"
    # How they keep and move data
    r"replicas?|replication|sharding|partitions?|partitioning|serialization|compression|"
    r"compaction|encryption|snapshots?|garbage collection|check ?sums?|consensus|fail ?over|"
    r"throughput|bandwidth|hash(?:es|ing)|bloom filters?|b[- ]trees?|crdts?|buffers?|"
    r"backfills?|rollbacks?|idempotency|telemetry|tracing|"
    # How they learn and estimate
    r"(?:(?:neural|graph|deep|recurrent|convolutional|bayesian) )?networks?|auto ?encoders?|"
    r"convolutions?|drop ?out|optimizers?|check ?points?|logits?|ensembles?|random forests?|"
    r"(?:decision|boosted) trees?|quantiles?|gaussians?|covariances?|covariates?|confounders?|"
    r"causal inference|kalman filters?|particle filters?|bootstrapp?ing|calibration|"
    r"(?:variational )?inference|normali[sz]ation|imputation|principal components?|pca"
    r")\b",
    re.IGNORECASE,
)
"""Beside the score's own (`TOOL`, `INTERNALS`): the words of those who talk of platforms. Some mean
other things as well; where an outcome was heard, none of them counts."""


def term_that_ran_on(words: Sequence[Word], patience: float = PATIENCE_SECONDS) -> str | None:
    """Return the latest term, as it was said, where terms have run for `patience` seconds.

    Args:
        words: Of the answer so far, which named no outcome.
        patience: Seconds.
    """
    if not words or words[-1].end - words[0].start < patience:
        return None
    transcript = Transcript.of(words)
    tools = [*TOOL.finditer(transcript.text), *BUILDING.finditer(transcript.text)]
    found = [*tools, *INTERNALS.finditer(transcript.text)]
    if len({_thing(match[0]) for match in found}) < FEWEST_TERMS:
        return None
    first = min(match.start() for match in found)
    since = transcript.when(first, first + 1).start
    if words[-1].end - since < patience:
        return None
    # A tool's name can be stopped at; "tune" and "heads" only where there is none.
    return max(tools or found, key=lambda match: match.start())[0].lower()


def _thing(term: str) -> str:
    """Return what a term names: "the model", "models" and "language model" are one thing."""
    return term.lower().split()[-1].rstrip("s")
