"""The words that carry meaning in an answer to a product case."""

from __future__ import annotations

import re


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(alternatives) + r")\b", re.IGNORECASE)


TOOL = _any(
    r"(?:deep|machine|reinforcement) learning(?: model)?",
    r"neural net(?:work)?s?",
    r"(?:graph|two[- ]tower|language|foundation|generative|ranking|open) models?",
    r"(?:double )?machine learning",
    r"collaborative filtering",
    r"precision[- ]recall",
    r"(?:the|a|this|our|little|its?) (?:\w+ )?models?",
    r"transformers?",
    r"embeddings?",
    r"gradient[- ]boost(?:ed|ing)(?: trees)?",
    r"xgboost",
    r"tensorflow|pytorch|kafka|spark|airflow|kubernetes|tab ?low|tableau",
    r"dashboards?",
    r"(?:contextual |multi[- ]armed )?bandits?",
    r"clusters?|clustering|k[- ]means|silhouette",
    r"retrieval(?:[- ]augmented)?",
    r"feature store|data lake|pipelines?|crawler",
    r"hmm|markov|bayesian|thompson sampling|regression|lstm|cnn|svd|faiss|bm25|lora",
    r"gpus?|g p u|parameters",
    r"solver|graphsage|state[- ]space|whisper large|causal forests?|residuali[sz]e",
    r"encode|vectors?|co ?sign|cosine|algorithms?",
    r"multi[- ]task|mixture of experts|mmoe",
)
INTERNALS = _any(
    r"\w*-?layers?|heads?|embedding\w*|dimensions?|softmax|attention|gradients?|loss|"
    r"learning rate|"
    r"epochs?|batch(?:es)?|tokens?|chunks?|chunking|hyper-?parameters?|parameters?|gpus?|nodes?|"
    r"edges?|"
    r"index|vectors?|sampling|regulari[sz]ation|encoder|decoder|transformers?|bandits?|posterior|"
    r"prior|"
    r"priors|likelihood|sigma|gamma|auc|recall|precision|f1|ndcg|silhouette|t-?sne|kafka|spark|"
    r"feature store|latency|shards?|cache|pipelines?|retrain\w*|trained|training|fine-?tune\w*|"
    r"cross[- ]?(?:fit\w*|validat\w*)|residual\w*|propensity|heuristics?|solver|annealing|"
    r"operators?|"
    r"insertion|cosine|co sign|top k|k equals|beam|vocabulary|quanti[sz]\w*|distill\w*|"
    r"contrastive\w*|"
    r"projection|temperature|towers?|retrieval|rerank\w*|bm25|lora|llm|model|models|algorithm\w*|"
    r"clusters?|precision[- ]recall|collaborative filtering"
)
HEAVY = _any(
    r"(?:deep learning|neural)",
    r"(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|eighteen|several|many|\d+) months",
    r"(?:whole|entire|full|wealth) (?:platform|migration|stack|retrain)",
    r"platform|full migration|from scratch|data lake|feature store",
    r"multi-year|a year and a half|two years",
)
PERSON = _any(
    r"(?:\w+ )?(?:people|users?|listeners?|subscribers?|customers?|members?|readers?|players?|"
    r"drivers?|"
    r"riders?|households?|homes|famil(?:y|ies)|shoppers?|graduates|learners?|patients?|guests?|"
    r"sellers?|"
    r"buyers?|teams?|parents?|kids?|teachers?|students?|viewers?|passengers?|travellers?|"
    r"couriers?|"
    r"admins?|women|men|newcomers?|podcasters?|commuters|creators|advertisers?|artists?|firms|"
    r"accounts?|"
    r"recipients?|openers?|diabetics|friends|runners?|tenants|voters|clinicians|doctors?|nobody|"
    r"everyone|"
    r"somebody|someone|trials?|they|we|parcels?|codes?|mix(?:es)?|visits?|searches|orders|"
    r"sign-?ups|churn|"
    r"retention|cancellations?|returns?|tickets?|session length|helpdesk|silence|them)"
)
TROUBLE = _any(
    r"leav(?:e|es|ing)|left|cancel\w*|quit\w*|churn\w*|skip\w*|abandon\w*|drop(?:s|ped)? (?:off|"
    r"out|an?)|"
    r"uninstall\w*|los(?:e|es|ing)|stop\w*|fail\w*|wait\w*|complain\w*|annoy\w*|misspell|give up|"
    r"bail\w*|"
    r"never|nobody|can'?t|cannot|don'?t|doesn'?t|didn'?t|isn'?t|aren'?t|won'?t|no longer|less|"
    r"fewer|"
    r"gone|late|lost|asleep|wrong|worse|cheated|drown\w*|furious|angry|boring|slow|empty|nothing|"
    r"hit the paywall|hate|harder|where \w+ ends|session in \w+ ends|ran out|run out|pay less|"
    r"forget|bleeding|leak|pain|switch(?:es)? "
    r"(?:all )?(?:of them )?off|wears? out|drops?|falls?|declin\w*|shrink\w*|repeats?|problem is|"
    r"too "
    r"(?:many|crowded|long|expensive)|go away|gets? lost|die|unused|"
    r"jumps|comes back"
)
TOPIC = _any(
    r"important|key|everything|huge|whole game|matters?|the goal is|goal|big topic|you want them|"
    r"need more|"
    r"is a (?:big|real) (?:topic|issue|problem)|stale|focus on"
)
PROPOSE = _any(
    r"(?:what|how) (?:i|we)(?:'d| would|) do(?: that| it)? is|i'?d(?: just| simply| rather|"
    r" probably)?|"
    r"i would(?: just| simply| probably)?|we'?d(?: just| simply)?|we would|we should|we could|"
    r"we can|we just|"
    r"i'?ll|i proposed?|i built|we just|let'?s|my (?:idea|proposal) is|we (?:just |simply |"
    r"quietly |only )?(?:do|play|offer|ask|drop|"
    r"cap|reset|train|read|show|email|give|put|send|let|move|hide|pay|start|stop|tell|swap|add)|"
    r"i want us to build|so we|what i'?d do|when \w+ \w+ \w+ \w+ we|"
    r"the (?:\w+ )?(?=(?:leaves out|shows|hides|offers|asks for|sends|plays only) )"
)
NOT_PROPOSING = _any(
    r"(?:i|we)(?:'d| would) (?:say|guess|expect|bet|know|want to see|be|like to|count|measure|"
    r"look|call|take "
    r"(?:a|an)|report|check|have|check that|lose|put it at|see|stop|keen|think|hope|still)|"
    r"i'?ll (?:say|park|"
    r"be|need|explain)|let'?s see|i'?d (?:rather not|never)|we can know|we'?d know|"
    r"we could get|(?:i|we)(?:'d| would) (?:change|do) (?:one|two|three|a few) things?"
)
VAGUE = _any(
    r"improve|optimi[sz]e|personali[sz]e|better|smarter|understand|use (?:machine learning|ai|"
    r"data)|machine "
    r"learning on it|with ai|leverage|great journeys|transparency|low-hanging|insights?|synerg\w*|"
    r"experience|incentives|vision|data[- ]driven|magical|levers|scalable|user-centric|"
    r"dashboard|train the model|deep learning model|top k"
)
IMPERATIVE = re.compile(
    r"^(?:(?:so|then|and|okay|um|uh|instead|on day \w+),?\s+)*(?:put|show|send|let|ask|cap|give|"
    r"guarantee|"
    r"reserve|tell|leave|pay|cut|move|swap|add|start|stop|hide|offer|replace|drop|remove|switch|"
    r"open|"
    r"charge|lower|raise|limit|default|make|write|ring|call|text|email|mail|split|merge|queue|"
    r"step)\b",
    re.IGNORECASE,
)
EXPECT = _any(
    r"expect\w*|would|should|could|will|i'?d|it'?d|that'?d|we'?d|'ll|guess|bet\w*|forecast|"
    r"estimate|predict\w*|"
    r"hope|aim|target|reckon|think|worth|might|may|ought|realistic|means|translates|"
    r"that (?:alone|keeps|"
    r"brings)|going to|my (?:guess|bet|forecast|number)|i'?m (?:confident|pretty sure|betting)|"
    r"is (?:what|my)|you'?d get|give us|"
    r"want|to (?:rise|fall|grow|drop|go)|leads|if (?:we|that)|once that|drop|fall|grow|shrink|"
    r"goes?|"
    r"increase|lift"
)
FORECAST = _any(
    r"expect\w*|should|guess|bet\w*|forecast|estimate|predict\w*|reckon|think|ought|realistic|"
    r"would be|"
    r"i'?d (?:say|want|count|take|look for)|my (?:guess|bet|forecast|number)|is (?:what|my)"
)
RISE_OR_FALL = _any(
    r"ris(?:e|es|ing)|go(?:es)? (?:up|down|from|to)|increas\w*|grow\w*|climb\w*|lift\w*|drop\w*|"
    r"fall\w*|fewer|"
    r"decreas\w*|reduc\w*|cut\w*|shrink\w*|halv\w*|half of what|doubl\w*|tripl\w*|improv\w*|more|"
    r"less|better|higher|lower|gains?|up|"
    r"down|extra|additional|incremental|reach\w*|instead of|rather than|from|nearer to|move\w*|"
    r"come|saves?|"
    r"saving|keep\w*|recover\w*|today'?s|now|not \w+|otherwise lose|longer|would be|carry|"
    r"brings?|"
    r"don'?t leave|tenth|retention of|at present|plus|give us|still (?:listening|here|reach)|"
    r"be used|noticeably"
)
METRIC = _any(
    r"retention|churn|conversions?|click[- ]?(?:through|rate)s?|click rates?|session(?:s|"
    r" length)?|opens?|openers|"
    r"skips?|cancellations?|sign-?ups?|bookings?|orders?|revenue|sales|actives?|wau|mau|dau|"
    r"listeners?|"
    r"subscribers?|subscriptions?|streams?|plays|minutes|hours|returns|refunds|tickets?|trips|"
    r"rides|picks|"
    r"deliver\w*|satisfaction|nps|engagement|replies|renewals|visits|no-?shows|completion|seats|"
    r"searches|"
    r"finished|codes|listings|enquiries|documentaries|workouts?|refills?|playlists?|lessons|"
    r"opt[- ]?outs|"
    r"applications|share|rate|drivers|people|users|customers|players|readers|parents|trials?|"
    r"day[- ](?:two|"
    r"seven|\d+)|d\d+|repeat\w*|wait|deliveries|balances|episode\w*|week two|of them|in (?:a|"
    r"every) hundred|"
    r"out of a hundred|logged day|paying|teams|metric|kpi|per \w+"
)
DENIED = _any(
    r"(?:won'?t|will not|would not|wouldn'?t|can'?t|cannot) (?:give|promise|tell|put|be|name|"
    r"commit|move|say)|don'?t "
    r"(?:have a (?:figure|number)|put a number|think it will)|making it up|made up|"
    r"not \w+ percent, not|i could say|"
    r"no (?:figure|number) for"
)
PAST = _any(
    r"last (?:year|quarter|company|month)|in (?:19|20)\d\d|at my last|we (?:brought|saw|got|had|"
    r"did)|i led|went "
    r"up|went down|was|were|used to|it was|have come"
)
FINISHED_TEST = _any(
    r"(?:the|our|my|an?) (?:a/?b[- ])?(?:experiment|test|pilot|trial) (?:showed|brought|gave|"
    r"moved)"
)
TEST_WORD = _any(
    r"a/?‑?b[- ‑]?test\w*|a b test|experiments?|tests?|tested|pilot|prototype|hold-?out|"
    r"trial run|beta|trial|try (?:it|that|"
    r"this)|run (?:it|that|this)"
)
SLICE = re.compile(
    r"\b(?:(?:on|for|in|with|to|of|by|give it to|gets? it|among|front of|at|out of)\s+)?(?:just |"
    r"only )?"
    r"(?:[\w.]+(?:\s?%| per ?cent) (?:of (?:the |our )?(?:\w+ )?(?:users?|traffic|accounts?|"
    r"listeners|people|"
    r"installs|volume|base|customers|new \w+|members|subscribers|openers)|user slice|slice|"
    r"hold-?out|"
    r"new installs)|(?:one|two|three|four|a (?:small|single)) (?:city|cit|countr|market|region|"
    r"aisle|depot|"
    r"server|postcode|store|terminal|band|weekend|district|hotel|school)\w*|"
    r"(?:a|one) (?:tenth|half|fifth) of (?:the )?(?!a\b|percent)\w+|"
    r"[\w ]{0,12}(?:hundred|thousand|\d{2,4}) (?:volunteers|accounts|hotels|hosts|parents|"
    r"people in|new |"
    r"schools|kitchens|clinics)|staff first|on android|ios (?:only|in)|ios only|"
    r"android (?:only|people)|only\b(?=[.,]|$)|(?:the|with) (?:half|ones?) with)",
    re.IGNORECASE,
)
SHORT = re.compile(
    r"\b(?:(?:a|one|two|three|four|\d|ten|fourteen|five|six|seven|eight|nine)[- ](?:full |"
    r"long )?weeks?\b|"
    r"(?:\w+|\d+)[- ]days?\b(?! (?:later|two|one))|fort ?night|(?:one|a single|this|"
    r"two) sprints?|weekend|"
    r"(?:till|until|by) (?:the month ends|friday|thursday|monday)|\bweek[- ]long|"
    r"a month\b(?= (?:only|test|trial))|1 month|"
    r"one month|couple of weeks)",
    re.IGNORECASE,
)
NO_TEST = _any(
    r"(?:rather )?not (?:start with )?an experiment|no (?:need|time|point) (?:for|"
    r"in) a (?:small )?test|without a test|don'?t "
    r"need a (?:test|pilot)|testing on \w+ \w+ isn'?t|small test (?:would|won't|can't)"
)
MONEY_WORD = _any(
    r"revenue|money|spend\w*|sales|profit|margin|cost|pays? for|cheaper|order more|renew\w*"
)
MORE_PEOPLE = re.compile(
    r"\b(?:more|fewer|less) (?:\w+ )?(?:people|users|listeners|subscribers|customers|families|"
    r"members|"
    r"cancel\w*|actives)\b[^.,;]*",
    re.IGNORECASE,
)
STUFFING = _any(
    r"problem is the problem|solution is a (?:user-centric )?solution|lift is a lift|"
    r"lift,? is a lift|"
    r"hypothesis is a|test the a/?b test|business impact is business impact|metric[- ]first|"
    r"impact[- ]first|"
    r"north star|jobs to be done|growth loops|flywheels|first sentence|second sentence|"
    r"third sentence|"
    r"problem statement|proposed solution|user pain|stakeholder story|ltv|arpoo"
)
