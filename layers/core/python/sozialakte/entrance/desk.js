// The review desk in the browser. It knows no letters: markup comes from the API, buttons carry their requests.
// Only ids, tokens of a quarter of an hour and a switch are kept, and only in this tab (the switch in this browser).

const $ = (id) => document.getElementById(id);
const desk = $("desk");
const base = location.pathname.replace(/\/desk\/?$/, "");
const address = location.origin + location.pathname;
const state = { letter: null, page: 1, turned: 0, undo: null, query: {}, busy: false, opened: 0 };

// -- signing in: authorization code with PKCE; the token stays in this tab and goes into a header, never a cookie --

const base64url = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

async function signIn() {
  const started = { verifier: random(), state: random(), letter: location.hash };
  sessionStorage.setItem("signing-in", JSON.stringify(started));
  const challenge = base64url(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(started.verifier)));
  location.assign(`${desk.dataset.signIn}/oauth2/authorize?` + new URLSearchParams({
    response_type: "code", client_id: desk.dataset.client, redirect_uri: address, scope: "openid aws.cognito.signin.user.admin",
    state: started.state, code_challenge: challenge, code_challenge_method: "S256",
  }));
}

async function finishSignIn(answer) {
  const started = JSON.parse(sessionStorage.getItem("signing-in") ?? "{}");
  sessionStorage.removeItem("signing-in");
  history.replaceState(null, "", address + (started.letter ?? ""));
  if (!answer.get("code") || !started.state || answer.get("state") !== started.state) return refuse(desk.dataset.signInFailed);
  const response = await fetch(`${desk.dataset.signIn}/oauth2/token`, { method: "POST", body: new URLSearchParams({
    grant_type: "authorization_code", client_id: desk.dataset.client, redirect_uri: address,
    code: answer.get("code"), code_verifier: started.verifier,
  }) }).catch(() => null);
  if (!response?.ok) return refuse(desk.dataset.signInFailed);
  sessionStorage.setItem("token", (await response.json()).access_token);
}

function signOut() {
  sessionStorage.clear();
  location.assign(`${desk.dataset.signIn}/logout?` + new URLSearchParams({ client_id: desk.dataset.client, logout_uri: address }));
}

// -- asking the API --

class Refusal extends Error {
  constructor(status, problem) { super(problem.detail); this.status = status; this.problem = problem; }
}

async function ask(path, body) {
  const options = { headers: { authorization: `Bearer ${sessionStorage.getItem("token")}` } };
  if (body !== undefined) Object.assign(options, { method: "POST", body: JSON.stringify(body) });
  if (body !== undefined) options.headers["content-type"] = "application/json";
  const response = await fetch(base + path, options).catch(() => { throw new Refusal(0, { detail: desk.dataset.unreachable }); });
  if (response.status === 401) { sessionStorage.removeItem("token"); await signIn(); return new Promise(() => {}); }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, { title: "", detail: desk.dataset.unreachable, ...answer });
  return answer;
}

// -- messages --

const say = (text) => { $("said").textContent = text; };

function report(text, undo = null) {
  $("problem").replaceChildren();
  $("status").textContent = text;
  state.undo = undo;
  $("undo").hidden = !undo;
}

function refuse(...lines) {
  $("status").textContent = "";
  $("problem").replaceChildren(...lines.filter(Boolean).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

async function explain(error, letter) {
  if (!(error instanceof Refusal)) throw error;
  const { title, detail, errors = [] } = error.problem;
  const latest = error.status === 409 && letter ? await ask(`/intake/letters/${letter}`).catch(() => null) : null;
  const last = latest?.history.at(-1);
  refuse([title, detail].filter(Boolean).join(": "), ...errors.map((one) => one.detail), last && `${desk.dataset.latest} ${last.text}`);
}

// -- the queue --

const links = () => [...document.querySelectorAll("[data-open]")];

async function showQueue() {
  const { list, ...query } = state.query;
  const wanted = Object.entries(query).filter(([, value]) => value);
  const view = await ask((list ? `/intake/desk/forwarded/${list}` : "/intake/desk") + (wanted.length ? `?${new URLSearchParams(wanted)}` : ""));
  const focused = document.activeElement?.closest("#queue") && document.activeElement.id;
  $("queue").innerHTML = view.html; // escaped by the server, and no script in it could run (CSP)
  markCurrent();
  say(view.said);
  if (focused) $(focused)?.focus();
}

function markCurrent() {
  for (const link of links()) {
    if (link.dataset.open === state.letter) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function neighbour(step) {
  const ids = links().map((link) => link.dataset.open);
  const at = ids.indexOf(state.letter);
  return at < 0 ? ids[0] : ids[at + step];
}

// -- a letter and its pages --

async function openLetter(id) {
  const mine = ++state.opened;
  const view = await ask(`/intake/desk/${id}`);
  if (mine !== state.opened) return; // somebody has gone on meanwhile
  Object.assign(state, { letter: id, page: 1, turned: 0 });
  $("letter").innerHTML = view.html;
  history.replaceState(null, "", `#${id}`);
  markCurrent();
  updateMarked();
  say(view.said);
  $("letter-title").focus();
  await showPage(1);
}

function emptyDesk() {
  state.opened++;
  Object.assign(state, { letter: null });
  $("letter").replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: links().length ? desk.dataset.choose : "" }));
  history.replaceState(null, "", address);
}

function closeLetter() {
  emptyDesk();
  $("queue-title").focus();
}

// Another list: the letter of the last one goes, but the focus stays where somebody is choosing.
async function showList() {
  await showQueue();
  emptyDesk();
}

async function showPage(page) {
  const pages = $("pages"), image = $("page"), count = Number(pages.dataset.pages);
  Object.assign(state, { page, turned: 0 });
  $("page-number").textContent = pages.dataset.number.replace("@page", page);
  pages.querySelector("[data-tool=previous]").disabled = page === 1;
  pages.querySelector("[data-tool=next]").disabled = page === count;
  for (const one of pages.querySelectorAll("[data-from-page]")) one.disabled = page < Number(one.dataset.fromPage);
  showTurn();
  const picture = await ask(pages.dataset.image.replace("@page", page));
  if (!image.isConnected || page !== state.page) return;
  const shown = (there) => { image.hidden = !there; $("picture-waits").hidden = there; };
  image.onload = () => shown(true);
  image.onerror = () => shown(false);
  image.alt = pages.dataset.number.replace("@page", page);
  image.src = picture.url;
}

function showTurn() {
  $("page").className = state.turned ? `turned-${state.turned}` : "";
  $("save-turn").disabled = !state.turned;
}

// Its address holds for minutes only: it is asked for when it is wanted.
async function openOriginal() {
  const { url } = await ask($("pages").dataset.original);
  window.open(url, "_blank", "noopener");
}

const tools = {
  original: openOriginal,
  previous: () => showPage(state.page - 1),
  next: () => showPage(state.page + 1),
  turn: () => { state.turned = (state.turned + 90) % 360; showTurn(); },
  zoom: (button) => button.setAttribute("aria-pressed", $("sheet").classList.toggle("zoomed")),
};

// -- giving orders --

const marked = () => [...document.querySelectorAll("#queue input[data-version]:checked")].filter((one) => one.value !== state.letter);

function updateMarked() {
  const merge = $("merge");
  if (merge) merge.disabled = !marked().length;
}

function filled(template) {
  const already = JSON.parse($("pages").dataset.turns)[state.page] ?? 0;
  const known = {
    "@page": state.page,
    "@turn": (already + state.turned) % 360,
    "@marked": marked().map((one) => ({ letter_id: one.value, version: Number(one.dataset.version) })),
  };
  return JSON.parse(template, (_, value) => known[value] ?? value);
}

// One order at a time: whoever presses a key twice decides about one letter, not about the next one too.
async function alone(letter, work) {
  if (state.busy) return;
  state.busy = true;
  $("letter").setAttribute("aria-busy", "true");
  try { await work(); } catch (error) { await explain(error, letter); } finally {
    state.busy = false;
    $("letter").removeAttribute("aria-busy");
  }
}

function give(order, fields = {}) {
  const letter = state.letter, next = neighbour(1);
  return alone(letter, async () => {
    const decided = await ask(order.dataset.post, { ...filled(order.dataset.body), ...fields });
    const stays = "stays" in order.dataset;
    report(order.dataset.done, stays || "final" in order.dataset ? null : { letter, version: decided.version });
    await showQueue();
    await goOn(stays ? letter : next);
  });
}

async function goOn(wanted) {
  const ids = links().map((link) => link.dataset.open);
  const id = ids.includes(wanted) ? wanted : ids[0];
  return id ? openLetter(id) : closeLetter();
}

function undo() {
  const { letter, version } = state.undo;
  return alone(letter, async () => {
    await ask(`/intake/letters/${letter}/undo`, { version });
    report(desk.dataset.undone);
    await showQueue();
    await goOn(letter);
  });
}

const reload = () => alone(state.letter, async () => {
  report("");
  await showQueue();
  if (state.letter) await openLetter(state.letter);
});

const look = (work, letter = state.letter) => work.catch((error) => explain(error, letter));

// -- clicks, choices, keys --

document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-open], [data-post]:not(form), [data-tool], [data-cursor]");
  if (!element) return;
  event.preventDefault();
  const { open, post, tool, cursor } = element.dataset;
  if (open) look(openLetter(open), open);
  else if (post) give(element);
  else if (tool) look(Promise.resolve(tools[tool](element)));
  else { state.query.cursor = cursor; look(showQueue()); }
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.dataset.post) give(event.target, Object.fromEntries(new FormData(event.target)));
});

document.addEventListener("change", (event) => {
  const filters = event.target.closest("#filters");
  const list = event.target.matches("#filter-list");
  if (list) state.query = { list: event.target.value };
  else if (filters) state.query = Object.fromEntries(new FormData(filters));
  if (filters) look(list ? showList() : showQueue());
  updateMarked();
});

const step = (by) => { const id = neighbour(by); if (id) look(openLetter(id), id); };
const ours = { j: () => step(1), k: () => step(-1) };

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
  if (typing && event.key === "Escape" && !typing.matches("dialog")) return ($("letter-title") ?? $("queue-title"))?.focus();
  if (typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat || desk.hidden || !$("keys-on").checked) return;
  const key = event.key.toLowerCase();
  if (key.startsWith("arrow") && event.target.closest("#sheet.zoomed")) return;
  const target = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key && !one.disabled && one.offsetParent);
  if (!target && !ours[key]) return;
  event.preventDefault();
  if (!target) ours[key]();
  else if (target.matches("button")) target.click();
  else target.focus();
});

$("sign-in").addEventListener("click", signIn);
$("sign-out").addEventListener("click", signOut);
$("reload").addEventListener("click", reload);
$("undo").addEventListener("click", undo);
$("help").addEventListener("click", () => $("help-text").showModal());
$("close-help").addEventListener("click", () => $("help-text").close());
$("keys-on").checked = localStorage.getItem("keys") !== "off";
$("keys-on").addEventListener("change", (event) => localStorage.setItem("keys", event.target.checked ? "on" : "off"));
$("skip").addEventListener("click", (event) => { event.preventDefault(); ($("letter-title") ?? $("queue-title"))?.focus(); });

async function start() {
  const answer = new URLSearchParams(location.search);
  if (answer.has("code") || answer.has("error")) await finishSignIn(answer);
  const token = sessionStorage.getItem("token");
  desk.hidden = $("sign-out").hidden = $("reload").hidden = !token;
  $("signed-out").hidden = Boolean(token);
  if (!token) return $("sign-in").focus();
  const wanted = location.hash.slice(1);
  await look(showQueue());
  if (wanted) await look(openLetter(wanted), wanted);
  else if (links().length) await look(openLetter(links()[0].dataset.open));
}

start();
