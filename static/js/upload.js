/* Each file goes by itself, shows its progress, waits for the line and goes again. Without scripts the same form sends them together.
   The server gets the form with one file and HX-Request: true, and answers the file's own <li> (ui/upload_item.html), also with 422. */
import { sizeOf } from "./device/sizes.js";

function row(drop, list, file) {
  const item = drop.querySelector("[data-upload-row]").content.firstElementChild.cloneNode(true);
  item.querySelector(".uploads__name").textContent = file.name;
  const stop = item.querySelector("button");
  stop.setAttribute("aria-label", `${stop.getAttribute("aria-label")} ${file.name}`);
  list.prepend(item);
  return item;
}

function show(item, sent, total, key) {
  const words = item.querySelector("[role=status]");
  const bar = item.querySelector("progress");
  bar.value = total ? (100 * sent) / total : 0;
  bar.classList.toggle("is-paused", key === "waiting" || key === "stopped");
  words.textContent = `${sizeOf(sent)} ${words.dataset.of} ${sizeOf(total)} · ${words.dataset[key]}`;
}

function body(form, input, file) {
  const data = new FormData(form);
  data.delete(input.name);
  data.append(input.name, file, file.name);
  return data;
}

function replace(item, html) {
  const made = document.createRange().createContextualFragment(html).querySelector("li");
  if (!made) return false;
  item.replaceWith(made);
  return true;
}

function send(form, input, file, item) {
  const request = new XMLHttpRequest();
  let state = "sending";
  request.upload.addEventListener("progress", ({ loaded }) => show(item, Math.min(loaded, file.size), file.size, state));
  request.addEventListener("error", () => {
    show(item, 0, file.size, (state = "waiting"));
    addEventListener("online", () => state === "waiting" && send(form, input, file, item), { once: true });
  });
  request.addEventListener("load", () => {
    const fits = request.status < 300 || request.status === 422;
    if (!fits || !replace(item, request.responseText)) show(item, 0, file.size, (state = "failed"));
  });
  item.querySelector("button").onclick = () => {
    if (state !== "sending") return item.remove();
    request.abort();
    show(item, 0, file.size, (state = "stopped"));
  };
  request.open("POST", form.action);
  request.setRequestHeader("HX-Request", "true");
  show(item, 0, file.size, state);
  request.send(body(form, input, file));
}

function start(input) {
  const { form } = input;
  const drop = input.closest("[data-drop]");
  const list = document.getElementById(input.dataset.upload);
  if (!form || !list) return;
  const take = (files) => {
    for (const file of files) send(form, input, file, row(drop, list, file));
    input.value = "";
  };
  input.addEventListener("change", () => take([...input.files]));
  drop.addEventListener("dragover", (event) => event.preventDefault());
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
  drop.querySelector("[data-plain-send]").hidden = true;
  const camera = drop.querySelector("[data-camera]");
  if (!camera || !matchMedia("(pointer: coarse)").matches) return;
  camera.hidden = false;
  camera.addEventListener("click", () => {
    input.setAttribute("capture", "environment");
    input.click();
    input.removeAttribute("capture");
  });
}

for (const input of document.querySelectorAll("input[type=file][data-upload]")) start(input);
