// What the pages of the entrance share: signing in, asking the API, messages, keys, help. It knows no letters and no bills.
// Only ids, tokens of a quarter of an hour and a switch are kept, and only in this tab (the switch in this browser).

export const $ = (id) => document.getElementById(id);
export const desk = $("desk");
export const address = location.origin + location.pathname;
const base = location.pathname.replace(/\/[a-z]+\/?$/, "");

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

export class Refusal extends Error {
  constructor(status, problem) { super(problem.detail); this.status = status; this.problem = problem; }
}

export async function ask(path, body) {
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

export const say = (text) => { $("said").textContent = text; };

export function report(text) {
  $("problem").replaceChildren();
  $("status").textContent = text;
}

export function refuse(...lines) {
  $("status").textContent = "";
  $("problem").replaceChildren(...lines.filter(Boolean).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

// -- keys: each clicks the button, or moves the focus to the field, that carries it; `ours` are those of no element --

export function onKeys(ours, titles) {
  const home = () => titles.map($).find(Boolean)?.focus();
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), select, textarea, dialog");
    if (typing && event.key === "Escape" && !typing.matches("dialog")) return home();
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
  $("skip").addEventListener("click", (event) => { event.preventDefault(); home(); });
}

$("sign-in").addEventListener("click", signIn);
$("sign-out").addEventListener("click", signOut);
$("help").addEventListener("click", () => $("help-text").showModal());
$("close-help").addEventListener("click", () => $("help-text").close());
$("keys-on").checked = localStorage.getItem("keys") !== "off";
$("keys-on").addEventListener("change", (event) => localStorage.setItem("keys", event.target.checked ? "on" : "off"));

// Whether somebody is signed in; what the address wants opened is then in its hash again.
export async function arrive() {
  const answer = new URLSearchParams(location.search);
  if (answer.has("code") || answer.has("error")) await finishSignIn(answer);
  const token = sessionStorage.getItem("token");
  desk.hidden = $("sign-out").hidden = $("reload").hidden = !token;
  $("signed-out").hidden = Boolean(token);
  if (!token) $("sign-in").focus();
  return Boolean(token);
}
