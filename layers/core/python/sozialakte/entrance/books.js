// Payment runs, incoming money, the ledger and the bank's messages, in the browser. What is shown is named by the address
// behind its #; markup comes from the API, buttons and forms carry their requests.

import { $, Refusal, arrive, ask, desk, onKeys, refuse, report, say } from "./page.js";

const FIRST = "runs", NAMED = /^[a-z]+(\/[A-Za-z0-9_-]+)?(\?[A-Za-z0-9_=&-]*)?$/;
const PATIENCE = [1, 2, 3, 5, 8, 13, 21, 34]; // seconds until a view is looked at again that will soon be another
const state = { busy: false, opened: 0, html: "", looked: 0 };

const wanted = () => { const named = location.hash.slice(1); return NAMED.test(named) ? named : FIRST; };

function explain(error) {
  if (!(error instanceof Refusal)) throw error;
  const { title, detail, errors = [] } = error.problem;
  refuse([title, detail].filter(Boolean).join(": "), ...errors.map((one) => `${fieldName(one.field)}${one.detail}`));
}

// What the person sees written beside a field, in front of what is wrong with it.
function fieldName(name) {
  const label = document.querySelector(`#view [name="${CSS.escape(name)}"]`)?.labels?.[0];
  return label ? `${label.textContent}: ` : "";
}

// -- a view --

async function show(focus = "view-title") {
  const mine = ++state.opened;
  const view = await ask(`/payments/books/${wanted()}`);
  if (mine !== state.opened) return; // somebody has gone on meanwhile
  const same = view.html === state.html;
  if (!same) {
    state.html = view.html;
    $("view").innerHTML = view.html; // escaped by the server, and no script in it could run (CSP)
    say(view.said);
  }
  if (focus && !(same && focus === "view-title" && $("view").contains(document.activeElement))) ($(focus) ?? $("view-title")).focus();
  lookAgain();
}

// The machine is at work on it: look again soon, for some time, and only say something once it is another.
function lookAgain() {
  if (!document.querySelector("#view [data-soon]")) { state.looked = 0; return; }
  const seconds = PATIENCE[state.looked++], mine = state.opened;
  if (seconds) setTimeout(() => { if (mine === state.opened && !state.busy && !isTyping()) look(show(null)); }, seconds * 1000);
}

const isTyping = () => Boolean(document.activeElement?.closest("#view form"));

const look = (work) => work.catch(explain);

// -- giving orders --

// What is left empty is left out.
function fieldsOf(form) {
  const typed = [...form.elements].filter((one) => one.name && one.value.trim() !== "");
  return Object.fromEntries(typed.map((one) => [one.name, one.value.trim()]));
}

// One order at a time: whoever presses a button twice decides once.
async function alone(work) {
  if (state.busy) return;
  state.busy = true;
  $("view").setAttribute("aria-busy", "true");
  try { await work(); } catch (error) { explain(error); } finally {
    state.busy = false;
    $("view").removeAttribute("aria-busy");
  }
}

const give = (order, body) => alone(async () => {
  const { post, done, goes, focus } = order.dataset;
  const answer = await ask(post, body);
  report(done);
  state.looked = 0;
  if (goes) history.pushState(null, "", `#${goes.replace("@", answer.run_id ?? "")}`);
  await show(goes ? "view-title" : focus ?? "view-title");
});

// -- clicks, forms, keys --

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-post]");
  if (button) give(button, JSON.parse(button.dataset.body));
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target, pressed = JSON.parse(event.submitter?.dataset.body ?? "{}");
  if (form.dataset.post) give(form, { ...JSON.parse(form.dataset.body), ...pressed, ...fieldsOf(form) });
});

window.addEventListener("hashchange", () => { report(""); state.looked = 0; look(show()); });

const area = (number) => () => document.querySelectorAll(".ways a[href^='#']")[number - 1]?.click();

onKeys({ 1: area(1), 2: area(2), 3: area(3), 4: area(4) }, ["view-title"]);
$("reload").addEventListener("click", () => alone(async () => { report(""); state.looked = 0; await show(); }));

async function start() {
  if (await arrive()) await look(show());
}

start();
