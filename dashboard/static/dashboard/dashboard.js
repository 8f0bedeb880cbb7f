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

/* Ctrl K goes to the search. */
const search = document.getElementById("search");
addEventListener("keydown", (event) => {
  if (search && event.key === "k" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});
