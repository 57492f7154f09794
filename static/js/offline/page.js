/* Small things of a page: its sentences, its templates, its parts. */
export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const sentences = JSON.parse(one("#words").textContent);

/* A sentence of the page, its {places} filled. */
export const say = (name, values = {}) => sentences[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

function walk(root, values) {
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
}

/* A copy of a template, its {places} filled with text. */
export function stamp(name, values = {}) {
  const copy = one(`#t-${name}`).content.cloneNode(true);
  walk(copy, values);
  return copy.children.length === 1 ? copy.firstElementChild : copy;
}

export const note = (kind, text) => stamp(`note-${kind}`, { text });

export function show(view) {
  for (const part of all("[data-view]")) part.hidden = !part.dataset.view.split(" ").includes(view);
}
