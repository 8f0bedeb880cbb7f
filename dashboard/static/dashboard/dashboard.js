/* What a page does beyond its links and forms; without this file everything still works. */
"use strict";

/* Counters: the server says how much waits, never what. Nothing on the page moves. */
const counters = document.querySelectorAll("[data-count]");
const CAP = 1000;
const LIVE = `subscription { deskUpdates { __typename ... on DeskCounts {
  people { waiting } schools { waiting } projects { waiting } reports { waiting } labels { waiting } help { waiting } } } }`;

function follow(delay) {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  let wait = delay;
  socket.onopen = () => socket.send('{"type":"connection_init"}');
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "connection_ack") {
      socket.send(JSON.stringify({ id: "desk", type: "subscribe", payload: { query: LIVE } }));
    } else if (message.type === "ping") {
      socket.send('{"type":"pong"}');
    } else if (message.type === "next") {
      wait = 1000;
      const counts = message.payload.data?.deskUpdates;
      if (counts?.__typename === "DeskCounts") show(counts);
    }
  };
  socket.onclose = ({ code }) => {
    if (code < 4400 || code === 4429) setTimeout(follow, wait, Math.min(wait * 2, 60000));
  };
}

function show(counts) {
  const number = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang);
  for (const counter of counters) {
    const { waiting } = counts[counter.dataset.count];
    const text = waiting > CAP ? `${number.format(CAP)}+` : number.format(waiting);
    if (counter.textContent !== text) counter.textContent = text;
  }
  document.dispatchEvent(new CustomEvent("counts", { detail: counts }));
}

if (counters.length) follow(1000);

/* On a phone the menu is a strip: the page that is open is in sight. */
const here = document.querySelector(".menu [aria-current]");
if (here) {
  const menu = here.closest(".menu");
  menu.scrollLeft = here.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2;
}

/* Ctrl K goes to the search. */
const search = document.getElementById("search");
addEventListener("keydown", (event) => {
  if (search && event.key === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

/* A queue: what is new is offered, never pushed in. */
const fresh = document.querySelector("[data-fresh]");
document.addEventListener("counts", ({ detail }) => {
  if (!fresh) return;
  const more = detail[fresh.dataset.fresh].waiting - fresh.dataset.seen;
  fresh.hidden = more < 1;
  fresh.textContent = more < 1 ? "" : more === 1 ? fresh.dataset.one : fresh.dataset.many.replace("#", more);
});

const ticks = document.querySelectorAll(".tick");
const ticked = document.querySelector("[data-ticked]");
function count() {
  const number = [...ticks].filter((tick) => tick.checked).length;
  if (ticked) ticked.textContent = number ? ticked.dataset.ticked.replace("#", number) : "";
}
addEventListener("change", count);
count();

/* Keys, while the focus is in the queue and not in a field. */
const queue = document.querySelector(".queue");
const keysOn = document.getElementById("keys-on");
const cases = queue ? [...queue.querySelectorAll(".case")] : [];
const PLACE = `place:${location.pathname}`;
const titleOf = (one) => one.querySelector("h3 a");

function go(to) {
  const one = cases[Math.max(0, Math.min(to, cases.length - 1))];
  if (!one) return;
  titleOf(one).focus();
  one.scrollIntoView({ block: "nearest" });
}

function press(key, at, one) {
  const details = one.querySelector("details");
  if (key === "j") go(at + 1);
  else if (key === "k") go(at - 1);
  else if (key === "x") one.querySelector(".tick")?.click();
  else if (key === "v" || key === "r") {
    const many = document.querySelector(".tick:checked") && document.getElementById("bulk");
    if (!many && !details) return titleOf(one).click();
    if (!many) details.open = true;
    (many || details).querySelector(key === "v" ? ".button.first" : "textarea")?.focus();
  } else return false;
}

if (queue) {
  if (keysOn) {
    keysOn.checked = localStorage.getItem("keys") !== "off";
    keysOn.onchange = () => localStorage.setItem("keys", keysOn.checked ? "on" : "off");
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keysOn?.checked) return;
    if (event.target.closest("input:not(.tick), textarea, select, [popover]")) return;
    if (event.key === "?") return document.getElementById("keys").showPopover();
    const one = event.target.closest(".case");
    if (!one && !(event.target === document.body || event.target.closest("main") === event.target)) return;
    const at = one ? cases.indexOf(one) : -1;
    if (!one && !"jk".includes(event.key)) return;
    if (!one) go(0);
    else if (press(event.key, at, one) === false) return;
    event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.target.tagName !== "TEXTAREA") return;
    const { form } = event.target;
    form.requestSubmit(form.querySelector(".button.ends") ?? form.querySelector(".button.first"));
  });
  queue.addEventListener("submit", ({ target }) => {
    const at = cases.indexOf(target.closest(".case"));
    if (at >= 0) sessionStorage.setItem(PLACE, at);
  });
  const place = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (place !== null && document.querySelector(".notes, .errors")) go(Number(place));
}
