// A coach's notes: kept in this tab until they are saved as a file. The tab's own storage outlives
// a reload, and no other page can read it later; localStorage would be open to every file.

const FORMAT = "vivavoce-notes";
const attempt = byId("debrief").dataset.attempt;
const KEY = `${FORMAT} ${attempt}`;
const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

let notes = [];
let saved = true;
let author = "";
let editing = null; // the note in the window; its words alone while it is new
let deleted = null; // the last one, to bring back
let openedFrom = null; // what had the focus

function newId() {
  let time = Date.now();
  let id = "";
  for (let place = 0; place < 10; place += 1) {
    id = CROCKFORD[time % 32] + id;
    time = Math.floor(time / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) id += CROCKFORD[byte % 32];
  return id;
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ notes, saved, author }));
  } catch {
    // No storage here: leaving the page asks first.
  }
}

function changed(what) {
  saved = false;
  keep();
  list();
  tell(what);
}

function beginNote() {
  const place = sound ? wordAt(sound.currentTime) : null;
  if (!chosen() && place !== null) choose(place, place);
  const range = chosen();
  if (!range) return tell("Choose words first: click one.");
  const [first, last] = range;
  const within = words.slice(first, last + 1);
  openWindow({
    turn: within[0].turn,
    first: Math.min(...within.map((word) => word.first)),
    last: Math.max(...within.map((word) => word.last)),
    start: within[0].start,
    end: Math.max(...within.map((word) => word.end)),
    quote: wordsTold(first, last),
    text: "",
  });
}

function openWindow(note) {
  sound?.pause();
  openedFrom = document.activeElement;
  editing = note;
  byId("writing-words").textContent = note.quote;
  byId("writing-play").hidden = !sound;
  byId("writing-text").value = note.text;
  byId("writing").showModal();
  byId("writing-text").focus();
}

function closeWindow() {
  editing = null;
  sound?.pause();
  byId("writing").close();
  openedFrom?.focus?.();
}

byId("note").addEventListener("click", beginNote);
byId("writing-cancel").addEventListener("click", () => leaveWindow());
byId("writing-play").addEventListener("click", (event) => {
  playStretch(editing.start, editing.end, event.target);
});
byId("writing").addEventListener("cancel", (event) => {
  event.preventDefault();
  leaveWindow();
});

byId("writing").addEventListener("close", () => {
  if (!editing) return;
  if (!wouldLose()) return closeWindow();
  // A browser closes it, whatever the page says, when Escape is pressed again and again.
  byId("writing").showModal();
  byId("writing-text").focus();
});

function wouldLose() {
  const written = byId("writing-text").value.trim();
  return written !== "" && written !== editing.text;
}

function leaveWindow() {
  if (!wouldLose() || confirm("Leave without keeping what you wrote?")) closeWindow();
}

byId("writing-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = byId("writing-text").value.trim();
  if (!text) return byId("writing-text").focus();
  const isNew = editing.id === undefined;
  // A note that was sent is taken as known by its id: changed, it is another one.
  const id = isNew || editing.sent ? newId() : editing.id;
  const note = { ...editing, text, id, sent: false, made_at: new Date().toISOString() };
  notes = isNew ? [...notes, note] : notes.map((each) => (each.id === editing.id ? note : each));
  notes.sort((a, b) => a.start - b.start);
  closeWindow();
  changed(isNew ? "Note kept." : "Note changed.");
});

function button(text, what, pressed) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  const hidden = document.createElement("span");
  hidden.className = "unseen";
  hidden.textContent = ` ${what}`;
  made.append(hidden);
  made.addEventListener("click", () => pressed(made));
  return made;
}

function listed(note) {
  const item = document.createElement("li");
  const quote = document.createElement("q");
  quote.textContent = note.quote;
  const text = document.createElement("p");
  text.className = "told";
  text.textContent = note.text;
  const about = `the note on “${note.quote}”`;
  if (sound) {
    const time = button(clock(note.start), about, (made) => playStretch(note.start, note.end, made));
    time.className = "time";
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.setAttribute("aria-hidden", "true");
    sign.textContent = "▶";
    time.prepend(sign);
    item.append(time);
  }
  const buttons = document.createElement("div");
  buttons.className = "buttons";
  buttons.append(
    button("Change", about, () => openWindow(note)),
    button("Delete", about, () => {
      deleted = note;
      notes = notes.filter((each) => each !== note);
      changed("Note deleted.");
      (byId("own").querySelector("button") ?? byId("name")).focus();
    }),
  );
  item.append(quote, text, buttons);
  return item;
}

function list() {
  byId("own").replaceChildren(...notes.map(listed));
  if (deleted) {
    const item = document.createElement("li");
    item.append(
      button("Bring back", `the note on “${deleted.quote}”`, () => {
        notes = [...notes, deleted].sort((a, b) => a.start - b.start);
        deleted = null;
        changed("Note brought back.");
        byId("save").focus();
      }),
    );
    byId("own").append(item);
  }
  for (const word of words) {
    const noted = notes.some(
      (note) => note.turn === word.turn && note.first <= word.last && word.first <= note.last,
    );
    word.shown.classList.toggle("own", noted);
  }
  byId("save").disabled = !notes.length;
  const count = `${notes.length} note${notes.length === 1 ? "" : "s"}`;
  byId("unsaved").textContent = !notes.length
    ? ""
    : saved
      ? `${count}, saved. Send the file back.`
      : `${count}, not saved yet.`;
  byId("to-notes").hidden = saved || !notes.length;
  byId("to-notes").textContent = `${count} to save`;
}

byId("name").addEventListener("input", (event) => {
  author = event.target.value;
  if (notes.length) saved = false;
  keep();
});
byId("name").addEventListener("change", list);

byId("save").addEventListener("click", () => {
  if (!author.trim()) {
    byId("unsaved").textContent = "Write your name first, so that your notes can be told apart.";
    tell(byId("unsaved").textContent);
    return byId("name").focus();
  }
  const written = notes.map(({ id, turn, first, last, start, end, text, made_at }) => ({
    id, turn, first, last, start, end, text, made_at,
  }));
  const file = { format: FORMAT, schema: 1, attempt, author: author.trim(), notes: written };
  const blob = new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `vivavoce-notes-${attempt}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  saved = true;
  notes = notes.map((note) => ({ ...note, sent: true }));
  deleted = null;
  keep();
  list();
  tell(byId("unsaved").textContent);
});

addEventListener("beforeunload", (event) => {
  const writing = editing && byId("writing-text").value.trim() !== editing.text;
  if (!(notes.length && !saved) && !writing) return;
  event.preventDefault();
  event.returnValue = true; // Safari asks for this only
});

try {
  const stored = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  if (stored) ({ notes, saved, author } = stored);
} catch {
  // Nothing to bring back.
}
byId("name").value = author;
list();
