// The least a page can do with the list of users: fetch it, keep what JSON.parse made of it, draw 30 rows, filter.
// Names are drawn as text; nothing is interned, sorted, linked or translated.
"use strict";

const ROWS = 30;
const HEIGHT = 48;

const table = document.querySelector('[role="table"]');
const body = document.querySelector('[role="rowgroup"]');
const search = document.querySelector("input");
const rows = [];
let people = [];
let shown = [];

for (let i = 0; i < ROWS; i++) {
  const row = document.createElement("div");
  row.setAttribute("role", "row");
  for (let j = 0; j < 4; j++) {
    const cell = document.createElement("div");
    cell.setAttribute("role", "cell");
    cell.append("");
    row.append(cell);
  }
  rows.push(row);
}

function draw() {
  const first = Math.max(0, Math.floor(table.scrollTop / HEIGHT) - 8);
  for (let i = 0; i < ROWS; i++) {
    const index = first + ((((i - first) % ROWS) + ROWS) % ROWS);
    const user = shown[index];
    const row = rows[i];
    row.hidden = !user;
    if (!user) continue;
    row.style.transform = `translateY(${index * HEIGHT}px)`;
    const texts = [user.name, user.email, user.role, user.status];
    texts.forEach((text, j) => (row.children[j].firstChild.data = text));
  }
}

function show(list) {
  shown = list;
  table.setAttribute("aria-rowcount", String(list.length));
  body.style.height = `${list.length * HEIGHT}px`;
  draw();
}

search.addEventListener("input", () => {
  const text = search.value.toLowerCase();
  show(people.filter((user) => user.name.toLowerCase().includes(text) || user.email.toLowerCase().includes(text)));
});
table.addEventListener("scroll", draw, { passive: true });

async function load() {
  const { authorization } = JSON.parse(sessionStorage.getItem("roost.session"));
  const response = await fetch("/api/users", { headers: { Authorization: authorization } });
  people = (await response.json()).filter((user) => !user.is_service_user);
  body.append(...rows);
  show(people);
  document.querySelector('[role="status"]').textContent = "";
}
load();
