// Choosing words: with the mouse, by touch or with keys. A choice stays within one turn.

let anchor = null; // where the choice began, a place in `words`
let reached = null; // where it ends now; may be before `anchor`

function chosen() {
  if (anchor === null) return null;
  return [Math.min(anchor, reached), Math.max(anchor, reached)];
}

function choose(from, to) {
  for (const shown of document.querySelectorAll(".chosen")) shown.classList.remove("chosen");
  anchor = from;
  reached = to;
  byId("note").disabled = from === null;
  if (from === null) return;
  const step = Math.sign(to - from);
  while (words[reached].turn !== words[anchor].turn) reached -= step;
  const [first, last] = chosen();
  for (const word of words.slice(first, last + 1)) word.shown.classList.add("chosen");
}

function wordsTold(first, last) {
  return words
    .slice(first, last + 1)
    .map((word) => word.shown.textContent)
    .join(" ");
}

function moveWord(by) {
  if (!words.length) return;
  // Words may begin at the same moment: who went to one is at that one.
  const there = reached !== null && sound && Math.abs(sound.currentTime - words[reached].start) < 0.002;
  const from = sound && !there ? wordAt(sound.currentTime) : reached;
  let to = (from ?? reached ?? (by > 0 ? -1 : words.length)) + by;
  to = Math.min(words.length - 1, Math.max(0, to));
  choose(to, to);
  following = true;
  goTo(words[to].start);
  bringIntoView(words[to].shown);
  if (!sound || sound.paused) tell(wordsTold(to, to));
}

function stretchChoice(by) {
  if (anchor === null) return moveWord(by);
  const to = Math.min(words.length - 1, Math.max(0, reached + by));
  choose(anchor, to);
  bringIntoView(words[reached].shown);
  tell(`Chosen: ${wordsTold(...chosen())}`);
}

const said = byId("transcript");

said.addEventListener("mousedown", (event) => {
  // The browser would mark text of its own.
  if (event.shiftKey && event.target.closest(".w")) event.preventDefault();
});

said.addEventListener("click", (event) => {
  const place = placeOf.get(event.target.closest(".w"));
  if (place === undefined) return;
  if (event.shiftKey && anchor !== null) return choose(anchor, place);
  if (!getSelection().isCollapsed) return;
  choose(place, place);
  goTo(words[place].start);
});

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!said.contains(range.commonAncestorContainer)) return;
  const within = words.flatMap((word, place) => (range.intersectsNode(word.shown) ? [place] : []));
  if (within.length) choose(within[0], within[within.length - 1]);
});

const KEYS = {
  " ": toggle,
  ArrowLeft: () => sound && goTo(sound.currentTime - STEP),
  ArrowRight: () => sound && goTo(sound.currentTime + STEP),
  j: () => moveWord(1),
  k: () => moveWord(-1),
  J: () => stretchChoice(1),
  K: () => stretchChoice(-1),
  "[": () => sound && changeSpeed(-1),
  "]": () => sound && changeSpeed(1),
  n: () => beginNote(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (!byId("keys-on").checked || !Object.hasOwn(KEYS, event.key)) return;
  const field = event.target.closest("input, textarea, select");
  if (field && field.id !== "place") return;
  if (event.key === " " && event.target.closest("button, summary, a")) return;
  if (event.key.startsWith("Arrow") && event.target.closest(".exhibit")) return;
  event.preventDefault();
  KEYS[event.key]();
});
