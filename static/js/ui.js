/* What every page adds when scripts run: the theme switch, dialogs over links, closing toasts, one send per form, the evidence viewer. */
const YEAR = 365 * 24 * 3600;
const PATIENCE = 8000;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function showTheme(button) {
  button.textContent = isDark() ? button.dataset.light : button.dataset.dark;
}

function turnTheme(button) {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax`;
  showTheme(button);
}

/* A link to a page that asks for confirmation opens the same question as a dialog, where the page has it. */
function openDialog(link, event) {
  const dialog = document.getElementById(link.dataset.dialog);
  if (!dialog) return;
  event.preventDefault();
  dialog.showModal();
}

function zoom(button) {
  const page = button.closest("[data-viewer]").querySelector(".viewer__page");
  button.setAttribute("aria-pressed", page.classList.toggle("is-zoomed"));
}

function turn(button) {
  const page = button.closest("[data-viewer]").querySelector(".viewer__page");
  page.dataset.turned = (Number(page.dataset.turned || 0) + 1) % 4;
}

/* The second at which a clip stands is the one that its pin form would pin. */
function pinHere(event) {
  const form = event.target.matches?.("[data-clip]") && document.querySelector("[data-pin-clip]");
  if (form && !form.contains(document.activeElement)) form.elements.page.value = Math.max(1, Math.round(event.target.currentTime));
}
for (const name of ["pause", "seeked", "timeupdate"]) document.addEventListener(name, pinHere, true);

const CLICKS = {
  "[data-theme-next]": turnTheme,
  "[data-dialog]": openDialog,
  "[data-dialog-close]": (button) => button.closest("dialog").close(),
  "[data-close]": (button) => button.parentElement.remove(),
  "[data-zoom]": zoom,
  "[data-turn]": turn,
};

document.addEventListener("click", (event) => {
  for (const [selector, act] of Object.entries(CLICKS)) {
    const target = event.target.closest(selector);
    if (target) act(target, event);
  }
  const menu = document.querySelector(".mast__menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".mast__menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

function release(form) {
  delete form.dataset.sending;
  form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
}

/* The second press of a button on a slow line sends nothing twice; an answer that is a file leaves the page, so it is released. */
document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sending) return event.preventDefault();
  form.dataset.sending = "1";
  submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, PATIENCE, form);
});

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) release(form);
});

/* Buttons that are of no use without scripts come hidden. */
function wake(root) {
  const own = "[data-theme-next], [data-close], [data-zoom], [data-turn], [data-dialog-close]";
  for (const button of root.querySelectorAll(own)) button.hidden = false;
  for (const button of root.querySelectorAll("[data-theme-next]")) showTheme(button);
}

wake(document);
document.addEventListener("htmx:load", (event) => wake(event.target));
