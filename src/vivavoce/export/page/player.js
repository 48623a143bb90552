"use strict";

// A word stays lit so long into the gap after it (seconds), as in the program itself.
const LINGER = 0.5;
const STEP = 3;
// Who has scrolled by hand is not scrolled back for so long (milliseconds).
const HANDS_OFF = 4000;

const byId = (id) => document.getElementById(id);
const sound = byId("sound");
const words = Array.from(document.querySelectorAll(".w"), (shown) => ({
  shown,
  start: Number(shown.dataset.start),
  end: Number(shown.dataset.end),
  turn: Number(shown.closest(".turn").dataset.turn),
  first: Number(shown.dataset.first),
  last: Number(shown.dataset.last ?? shown.dataset.first),
}));
const placeOf = new Map(words.map((word, place) => [word.shown, place]));
const byTime = words.map((_, place) => place).sort((a, b) => words[a].start - words[b].start);
const still = matchMedia("(prefers-reduced-motion: reduce)");

let lit = null; // the place of the word that is spoken
let stopAt = null; // where the stretch that is played ends
let stretch = null; // the button that began it
let stopTimer = 0;
let following = false;
let scrolledAt = -HANDS_OFF;
let toldSecond = -1;

function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}:${two(whole % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

function tell(text) {
  byId("status").textContent = text;
}

function wordAt(seconds) {
  let low = 0;
  let high = byTime.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[byTime[middle]].start <= seconds + 0.001) low = middle + 1;
    else high = middle;
  }
  if (!low) return null;
  const place = byTime[low - 1];
  return seconds < words[place].end + LINGER ? place : null;
}

function light(place) {
  if (place === lit) return;
  if (lit !== null) words[lit].shown.classList.remove("lit");
  lit = place;
  if (place === null) return;
  words[place].shown.classList.add("lit");
  if (following && performance.now() - scrolledAt > HANDS_OFF) bringIntoView(words[place].shown);
}

function bringIntoView(shown) {
  const box = shown.getBoundingClientRect();
  if (box.top > innerHeight * 0.1 && box.bottom < innerHeight * 0.7) return;
  shown.scrollIntoView({ block: "center", behavior: still.matches ? "auto" : "smooth" });
}

const picture = byId("timeline");
const playhead = picture?.querySelector(".playhead");
let pictureBox = null;

function measurePicture() {
  if (!picture) return;
  const outer = picture.getBoundingClientRect();
  const row = picture.querySelector(".row").getBoundingClientRect();
  pictureBox = { left: row.left - outer.left, width: row.width };
}

function show() {
  const now = sound.currentTime;
  light(wordAt(now));
  byId("place").value = String(now);
  if (playhead && pictureBox) {
    const share = Math.min(1, now / Number(picture.dataset.seconds));
    playhead.style.left = `${pictureBox.left + share * pictureBox.width}px`;
  }
  const second = Math.floor(now);
  if (second === toldSecond) return;
  toldSecond = second;
  const whole = Number.isFinite(sound.duration) ? ` of ${clock(sound.duration)}` : "";
  byId("clock").textContent = clock(now) + (whole && ` / ${clock(sound.duration)}`);
  byId("place").setAttribute("aria-valuetext", clock(now) + whole);
}

function frame() {
  endStretchIfDue();
  show();
  if (!sound.paused) requestAnimationFrame(frame);
}

function endStretchIfDue() {
  if (stopAt === null || sound.paused) return;
  if (sound.currentTime >= stopAt - 0.01) sound.pause();
  else {
    // A page behind another gets no frames; a timer still comes.
    clearTimeout(stopTimer);
    stopTimer = setTimeout(endStretchIfDue, (1000 * (stopAt - sound.currentTime)) / sound.playbackRate);
  }
}

function forgetStretch() {
  clearTimeout(stopTimer);
  stopAt = null;
  stretch?.classList.remove("playing");
  stretch = null;
}

function goTo(seconds) {
  if (!sound) return;
  forgetStretch();
  const end = Number.isFinite(sound.duration) ? sound.duration : seconds;
  sound.currentTime = Math.min(Math.max(0, seconds), end);
  show();
}

function play() {
  sound.play().catch((error) => {
    if (error.name !== "AbortError") byId("trouble").textContent = "The sound cannot be played here.";
  });
}

function toggle() {
  if (!sound) return;
  if (!sound.paused) return sound.pause();
  forgetStretch();
  following = true;
  scrolledAt = -HANDS_OFF;
  play();
}

function playStretch(start, end, button) {
  if (!sound) return;
  if (button !== null && button === stretch && !sound.paused) return sound.pause();
  goTo(start);
  following = end === null;
  stopAt = end;
  stretch = button;
  button?.classList.add("playing");
  play();
}

function changeSpeed(by) {
  const speeds = byId("speed");
  speeds.selectedIndex = Math.min(speeds.length - 1, Math.max(0, speeds.selectedIndex + by));
  setSpeed();
  tell(`Speed ${speeds.value}`);
}

function setSpeed() {
  sound.preservesPitch = true;
  sound.playbackRate = Number(byId("speed").value);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-from]");
  if (!button || !sound) return;
  const { from, to } = button.dataset;
  playStretch(Number(from), to === undefined ? null : Number(to), button);
});

for (const name of ["wheel", "touchmove"]) {
  addEventListener(name, () => (scrolledAt = performance.now()), { passive: true });
}

document.documentElement.classList.add("scripted");
if (byId("controls")) byId("controls").hidden = false;

if (sound) {
  sound.controls = false;
  byId("play").addEventListener("click", toggle);
  byId("back").addEventListener("click", () => goTo(sound.currentTime - STEP));
  byId("on").addEventListener("click", () => goTo(sound.currentTime + STEP));
  byId("speed").addEventListener("change", setSpeed);
  byId("place").addEventListener("input", (event) => goTo(Number(event.target.value)));
  sound.addEventListener("play", () => {
    byId("play").textContent = "Pause";
    requestAnimationFrame(frame);
  });
  sound.addEventListener("pause", () => {
    byId("play").textContent = "Play";
    forgetStretch();
    show();
  });
  sound.addEventListener("seeked", show);
  const measured = () => {
    if (!(sound.duration > 0)) return;
    byId("place").max = String(sound.duration);
    toldSecond = -1;
    show();
  };
  sound.addEventListener("durationchange", measured);
  const failed = () => {
    byId("trouble").textContent = sound.getAttribute("src").startsWith("data:")
      ? "This browser cannot play the sound. Another one will; all words are here to read."
      : "The sound is not beside this page. Put its file into the same folder, then open the page again.";
  };
  sound.addEventListener("error", failed);
  if (sound.error) failed();
  if (playhead) {
    playhead.hidden = false;
    new ResizeObserver(() => {
      measurePicture();
      show();
    }).observe(picture);
    picture.addEventListener("click", (event) => {
      if (event.target.closest("[data-from]")) return;
      const row = event.target.closest(".row");
      if (!row) return;
      const box = row.getBoundingClientRect();
      goTo((Number(picture.dataset.seconds) * (event.clientX - box.left)) / box.width);
    });
  }
  measured();
}
