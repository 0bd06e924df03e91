// Bills to enter and to approve, in the browser. It knows no bills: markup comes from the API, buttons carry their requests.

import { $, Refusal, address, arrive, ask, desk, onKeys, refuse, report, say } from "./page.js";

const state = { bill: null, query: {}, busy: false, opened: 0 };

function explain(error) {
  if (!(error instanceof Refusal)) throw error;
  const { title, detail, errors = [] } = error.problem;
  refuse([title, detail].filter(Boolean).join(": "), ...errors.map((one) => `${fieldName(one.field)}${one.detail}`));
}

// What the person sees written beside a field, in front of what is wrong with it.
function fieldName(name) {
  const label = [...document.querySelectorAll("#bill [name]")].find((one) => one.name === name)?.labels?.[0];
  return label ? `${label.querySelector("span")?.textContent ?? label.textContent}: ` : "";
}

function asked(path, query) {
  const wanted = Object.entries(query).filter(([, value]) => value);
  return path + (wanted.length ? `?${new URLSearchParams(wanted)}` : "");
}

// -- the list --

const links = () => [...document.querySelectorAll("#queue [data-open]")];

async function showList() {
  const view = await ask(asked("/payments/page", state.query));
  const focused = document.activeElement?.closest("#queue") && document.activeElement.id;
  $("queue").innerHTML = view.html; // escaped by the server, and no script in it could run (CSP)
  markCurrent();
  say(view.said);
  if (focused) $(focused)?.focus();
}

function markCurrent() {
  for (const link of links()) {
    if (link.dataset.open === state.bill) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function neighbour(step) {
  const ids = links().map((link) => link.dataset.open);
  const at = ids.indexOf(state.bill);
  return at < 0 ? ids[0] : ids[at + step];
}

// -- a bill --

async function openBill(id) {
  const mine = ++state.opened;
  const view = await ask(asked(`/payments/page/${id}`, { standing_in_for: state.query.standing_in_for }));
  if (mine !== state.opened) return; // somebody has gone on meanwhile
  state.bill = id;
  $("bill").innerHTML = view.html;
  history.replaceState(null, "", `#${id}`);
  markCurrent();
  watchPicture($("page"));
  say(view.said);
  $("bill-title").focus();
}

function watchPicture(image) {
  const shown = (there) => { image.hidden = !there; $("picture-waits").hidden = there; };
  image.onload = () => shown(true);
  image.onerror = () => shown(false);
  image.src = image.dataset.src;
}

function emptyDesk() {
  state.opened++;
  state.bill = null;
  $("bill").replaceChildren(Object.assign(document.createElement("p"), { className: "empty", textContent: links().length ? desk.dataset.choose : "" }));
  history.replaceState(null, "", address);
}

async function goOn(wanted) {
  const ids = links().map((link) => link.dataset.open);
  const id = ids.includes(wanted) ? wanted : ids[0];
  if (id) return openBill(id);
  emptyDesk();
  $("queue-title").focus();
}

const tools = {
  zoom: (button) => button.setAttribute("aria-pressed", $("sheet").classList.toggle("zoomed")),
  line: () => {
    const lines = $("coding-lines"), at = lines.childElementCount;
    lines.insertAdjacentHTML("beforeend", $("another-line").innerHTML.replaceAll("@line", at));
    lines.lastElementChild.querySelector("input, select").focus();
  },
};

// -- giving orders --

function put(into, [name, ...rest], value) {
  if (rest.length) put(into[name] ??= /^\d+$/.test(rest[0]) ? [] : {}, rest, value);
  else into[name] = value;
}

const untouched = (element) => element.options ? element.selectedOptions[0].defaultSelected : element.value === element.defaultValue;

// What is left empty is left out; a form marked so sends only what somebody changed, and null for what they emptied.
function fieldsOf(form) {
  const fields = {};
  for (const element of form.elements) {
    if (!element.name || ("changed" in form.dataset ? untouched(element) : element.value === "")) continue;
    put(fields, element.name.split("."), element.value.trim() || null);
  }
  if (fields.lines) fields.lines = fields.lines.filter(Boolean);
  return fields;
}

// One order at a time: whoever presses a key twice decides about one bill, not about the next one too.
async function alone(work) {
  if (state.busy) return;
  state.busy = true;
  $("bill").setAttribute("aria-busy", "true");
  try { await work(); } catch (error) { explain(error); } finally {
    state.busy = false;
    $("bill").removeAttribute("aria-busy");
  }
}

function give(order, body) {
  const bill = state.bill, next = neighbour(1);
  return alone(async () => {
    await ask(order.dataset.post, body);
    report(order.dataset.done);
    await showList();
    if ("stays" in order.dataset) await openBill(bill);
    else await goOn(next);
  });
}

const reload = () => alone(async () => {
  report("");
  await showList();
  if (state.bill) await openBill(state.bill);
});

const look = (work) => work.catch(explain);

// -- clicks, choices, keys --

document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-open], [data-post]:not(form), [data-tool], [data-cursor]");
  if (!element) return;
  event.preventDefault();
  const { open, post, body, tool, cursor } = element.dataset;
  if (open) look(openBill(open));
  else if (post) give(element, JSON.parse(body));
  else if (tool) tools[tool](element);
  else { state.query.cursor = cursor; look(showList()); }
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "filters") return showChosen(form);
  const pressed = JSON.parse(event.submitter?.dataset.body ?? "{}");
  if (form.dataset.post) give(form, { ...JSON.parse(form.dataset.body), ...pressed, ...fieldsOf(form) });
});

document.addEventListener("change", (event) => {
  const filters = event.target.closest("#filters");
  if (filters) showChosen(filters);
});

// Another list: the bill of the last one goes, but the focus stays where somebody is choosing.
function showChosen(form) {
  state.query = Object.fromEntries(new FormData(form));
  return alone(async () => {
    report("");
    await showList();
    emptyDesk();
  });
}

const step = (by) => { const id = neighbour(by); if (id) look(openBill(id)); };

onKeys({ j: () => step(1), k: () => step(-1) }, ["bill-title", "queue-title"]);
$("reload").addEventListener("click", reload);

async function start() {
  if (!(await arrive())) return;
  const wanted = location.hash.slice(1);
  await look(showList());
  if (wanted) await look(openBill(wanted));
  else if (links().length) await look(openBill(links()[0].dataset.open));
}

start();
