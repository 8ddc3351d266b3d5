// Forms and links inside an element with data-part replace that part of the page without loading
// all of it. Without this script they work as forms and links do.

const SUBMIT_DELAY = 250; // milliseconds after the last key

async function show(address, push = true) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  if (!answer.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-part]")) {
    const next = page.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!next) return location.assign(address);
    const focused = part.contains(document.activeElement) ? document.activeElement : null;
    const kept = focused?.id && { id: focused.id, value: focused.value };
    part.replaceChildren(...next.childNodes);
    const again = kept && document.getElementById(kept.id);
    if (again) {
      again.focus({ preventScroll: true });
      if (again.type === "search") { again.value = kept.value; }
    }
  }
  document.title = page.title;
  if (push) history.pushState({ part: true }, "", address);
}

function addressOf(form) {
  const values = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...values]) if (!value) values.delete(name);
  return `${new URL(form.action, location).pathname}?${values}`;
}

function isPlain(event) {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-replace]");
  if (!link || !isPlain(event)) return;
  event.preventDefault();
  const address = link.getAttribute("href") ?? link.href.baseVal;
  show(address);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-replace]");
  if (!form) return;
  event.preventDefault();
  show(addressOf(form));
});
let timer;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-replace]");
  if (!form || event.target.type !== "search") return;
  clearTimeout(timer);
  timer = setTimeout(() => show(addressOf(form)), SUBMIT_DELAY);
});
window.addEventListener("popstate", () => {
  if (document.querySelector("[data-part]")) show(location.href, false);
});

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.done;
  });
}
