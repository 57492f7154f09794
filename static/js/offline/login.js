/* An ended login is asked for over the page, in a frame; the page behind it stays as it is and goes on afterwards. */
import { one } from "./page.js";

const dialog = one("#login");

/* true once somebody has logged in, false where the person closes it. */
export function askLogin(address, back) {
  const frame = document.createElement("iframe");
  frame.className = "viewer__frame";
  frame.title = dialog.dataset.title;
  frame.src = address;
  one("[data-frame]", dialog).replaceChildren(frame);
  dialog.showModal();
  return new Promise((resolve) => {
    let done = false;
    frame.addEventListener("load", () => {
      if (frame.contentWindow.location.pathname !== back) return;
      done = true;
      dialog.close();
    });
    dialog.addEventListener("close", () => {
      one("[data-frame]", dialog).replaceChildren();
      resolve(done);
    }, { once: true });
  });
}
