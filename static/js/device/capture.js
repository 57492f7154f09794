/* A paper before the camera becomes a page: photographed, its corners set, straightened, made small; several pages one PDF.
   All of it happens on the device, where each page lies from the moment it is straight (files.js): nothing is sent before the finished
   file goes the way of any other. Without scripts the file field takes photographs as they are. */
import { content, drop, put, shots } from "./files.js";
import { sizeOf } from "./sizes.js";

const LONG = 2339; // pixels of a page's long side: A4 at 200 dpi, what NĐ 30 asks of a scan
const QUALITY = 0.75;
const SHOWN = 900; // pixels of the picture on which corners are set
const NUDGE = 4; // pixels that an arrow key moves a corner
const A4 = [595.28, 841.89]; // points

/* ── straightening: the four corners of the paper become the corners of a page ── */

/* The eight numbers that take a point of the page (0…1) to a point of the photograph. */
function projection([a, b, c, d]) {
  const [dx1, dy1, dx2, dy2] = [b.x - c.x, b.y - c.y, d.x - c.x, d.y - c.y];
  const [sx, sy] = [a.x - b.x + c.x - d.x, a.y - b.y + c.y - d.y];
  const over = dx1 * dy2 - dx2 * dy1;
  const g = (sx * dy2 - dx2 * sy) / over;
  const h = (dx1 * sy - sx * dy1) / over;
  return [b.x - a.x + g * b.x, d.x - a.x + h * d.x, a.x, b.y - a.y + g * b.y, d.y - a.y + h * d.y, a.y, g, h];
}

const far = (p, q) => Math.hypot(p.x - q.x, p.y - q.y);

/* A page as large as the paper stands in the photograph, not larger than 200 dpi. */
function shapeOf([a, b, c, d]) {
  const width = Math.max(far(a, b), far(d, c));
  const height = Math.max(far(a, d), far(b, c));
  const scale = Math.min(1, LONG / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/* Each point of the page is taken from between the four points of the photograph around where it was. */
function straightened(photograph, corners) {
  const [width, height] = shapeOf(corners);
  const [m0, m1, m2, m3, m4, m5, m6, m7] = projection(corners);
  const source = photograph.getContext("2d").getImageData(0, 0, photograph.width, photograph.height);
  const page = Object.assign(document.createElement("canvas"), { width, height });
  const made = new ImageData(width, height);
  for (let y = 0, to = 0; y < height; y += 1) {
    const v = (y + 0.5) / height;
    for (let x = 0; x < width; x += 1, to += 4) {
      const u = (x + 0.5) / width;
      const w = m6 * u + m7 * v + 1;
      const fx = Math.min(Math.max((m0 * u + m1 * v + m2) / w, 0), source.width - 1.001);
      const fy = Math.min(Math.max((m3 * u + m4 * v + m5) / w, 0), source.height - 1.001);
      const at = (Math.floor(fy) * source.width + Math.floor(fx)) * 4;
      const [ax, ay] = [fx % 1, fy % 1];
      const below = at + source.width * 4;
      for (let k = 0; k < 3; k += 1) {
        const above = source.data[at + k] * (1 - ax) + source.data[at + 4 + k] * ax;
        made.data[to + k] = above * (1 - ay) + (source.data[below + k] * (1 - ax) + source.data[below + 4 + k] * ax) * ay;
      }
      made.data[to + 3] = 255;
    }
  }
  page.getContext("2d").putImageData(made, 0, 0);
  return page;
}

function turned(canvas) {
  const made = Object.assign(document.createElement("canvas"), { width: canvas.height, height: canvas.width });
  const pen = made.getContext("2d");
  pen.translate(made.width, 0);
  pen.rotate(Math.PI / 2);
  pen.drawImage(canvas, 0, 0);
  return made;
}

/* ── several pages, one PDF: each JPEG as it is, on a page of its shape ── */

const bytesOf = (text) => new TextEncoder().encode(text);

function pdfOf(pages) {
  const parts = [];
  const offsets = [];
  let length = 0;
  const write = (piece) => {
    const bytes = typeof piece === "string" ? bytesOf(piece) : piece;
    parts.push(bytes);
    length += bytes.length;
  };
  const object = (number, ...pieces) => {
    offsets[number] = length;
    write(`${number} 0 obj\n`);
    pieces.forEach(write);
    write("\nendobj\n");
  };
  write("%PDF-1.4\n%\u00ff\u00ff\n");
  const kids = pages.map((_page, index) => `${3 + 3 * index} 0 R`).join(" ");
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`);
  pages.forEach(({ jpeg, width, height }, index) => {
    const number = 3 + 3 * index;
    const scale = Math.max(...A4) / Math.max(width, height);
    const [w, h] = [(width * scale).toFixed(2), (height * scale).toFixed(2)];
    const drawing = `q ${w} 0 0 ${h} 0 0 cm /P Do Q`;
    object(number, `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${w} ${h}] /Contents ${number + 1} 0 R /Resources << /XObject << /P ${number + 2} 0 R >> >> >>`);
    object(number + 1, `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
    const facts = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`;
    object(number + 2, `<< ${facts} /Length ${jpeg.length} >>\nstream\n`, jpeg, "\nendstream");
  });
  const start = length;
  const entry = (offset) => `${String(offset).padStart(10, "0")} 00000 n \n`;
  write(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${offsets.slice(1).map(entry).join("")}`);
  write(`trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
  return new Blob(parts, { type: "application/pdf" });
}

/* ── the page that is being set ── */

class Desk {
  constructor(box) {
    this.box = box;
    this.input = box.closest("form").querySelector("input[type=file]:not([data-camera-of])");
    this.camera = box.querySelector("[data-camera-of]");
    this.editor = box.querySelector("[data-desk]");
    this.stage = this.editor.querySelector("canvas");
    this.handles = [...this.editor.querySelectorAll("[data-corner]")];
    this.list = box.querySelector("ol");
    this.done = box.querySelector("[data-make]");
    this.pages = [];
    this.spent = [];
    this.begun = box.closest("form").querySelector("[data-pieces]").dataset.pieces;
    box.closest("form").addEventListener("pieces:here", ({ detail }) => detail.isHere && this.forget());
    this.camera.addEventListener("change", () => this.open(this.camera.files[0]));
    this.handles.forEach((handle, index) => this.wire(handle, index));
    const on = { "[data-shoot]": () => this.camera.click(), "[data-accept]": () => this.accept(), "[data-turn-left]": () => this.turn(),
                 "[data-discard]": () => this.close(), "[data-make]": () => this.make() };
    for (const [which, act] of Object.entries(on)) box.querySelector(which).addEventListener("click", act);
    box.hidden = false;
    this.restore().catch(() => null); // no key, no drawer: nothing lies here
  }

  /* ── the pages that lie on the device ── */

  async restore() {
    for (const kept of (await shots()).filter((it) => it.begun === this.begun)) {
      const jpeg = new Uint8Array(await content(kept).slice(0, kept.size).arrayBuffer());
      this.pages.push({ jpeg, width: kept.width, height: kept.height, kept });
    }
    this.tell();
  }

  async keep(page) {
    const { jpeg, width, height } = page;
    const told = { begun: this.begun, page: location.pathname + location.search, title: document.title.split(" · OCOP ")[0], width, height };
    page.kept = { id: crypto.randomUUID(), isShot: true, name: "", size: jpeg.length, ...told };
    await put(page.kept, new Blob([jpeg])).catch(() => this.say("unkept"));
  }

  /* The file that was made of them lies here in their place. */
  forget() {
    for (const page of this.spent.splice(0)) drop(page.kept);
  }

  async open(file) {
    this.camera.value = "";
    if (!file) return;
    let bitmap;
    try {
      bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      return this.say("unreadable"); // HEIC where the browser cannot show it: the file field takes it
    }
    this.say("");
    const scale = Math.min(1, (1.5 * LONG) / Math.max(bitmap.width, bitmap.height)); // room for what is cut off
    const size = { width: Math.round(bitmap.width * scale), height: Math.round(bitmap.height * scale) };
    this.photograph = Object.assign(document.createElement("canvas"), size);
    this.photograph.getContext("2d", { willReadFrequently: true }).drawImage(bitmap, 0, 0, size.width, size.height);
    bitmap.close();
    this.show();
  }

  show() {
    const { width, height } = this.photograph;
    const scale = Math.min(1, SHOWN / Math.max(width, height));
    Object.assign(this.stage, { width: Math.round(width * scale), height: Math.round(height * scale) });
    const edge = 0.06; // where a paper usually begins
    this.corners = [[edge, edge], [1 - edge, edge], [1 - edge, 1 - edge], [edge, 1 - edge]].map(([x, y]) => ({ x: x * width, y: y * height }));
    this.editor.hidden = false;
    this.draw();
    this.editor.scrollIntoView({ block: "nearest" });
    this.handles[0].focus({ preventScroll: true });
  }

  draw() {
    const pen = this.stage.getContext("2d");
    const scale = this.stage.width / this.photograph.width;
    pen.drawImage(this.photograph, 0, 0, this.stage.width, this.stage.height);
    pen.beginPath();
    this.corners.forEach(({ x, y }, index) => (index ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
    pen.closePath();
    pen.lineWidth = 3;
    pen.strokeStyle = getComputedStyle(this.editor).getPropertyValue("--leaf") || "green";
    pen.stroke();
    this.handles.forEach((handle, index) => {
      handle.style.left = `${(100 * this.corners[index].x) / this.photograph.width}%`;
      handle.style.top = `${(100 * this.corners[index].y) / this.photograph.height}%`;
    });
  }

  wire(handle, index) {
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = this.stage.getBoundingClientRect();
      const part = this.photograph.width / box.width;
      this.place(index, (event.clientX - box.left) * part, (event.clientY - box.top) * part);
    });
    handle.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!step) return;
      event.preventDefault();
      const way = NUDGE * (event.shiftKey ? 10 : 1);
      this.place(index, this.corners[index].x + way * step[0], this.corners[index].y + way * step[1]);
    });
  }

  place(index, x, y) {
    const { width, height } = this.photograph;
    this.corners[index] = { x: Math.min(Math.max(x, 0), width - 1), y: Math.min(Math.max(y, 0), height - 1) };
    this.draw();
  }

  turn() {
    this.photograph = turned(this.photograph);
    this.show();
  }

  async accept() {
    const page = straightened(this.photograph, this.corners);
    const blob = await new Promise((resolve) => page.toBlob(resolve, "image/jpeg", QUALITY));
    this.pages.push({ jpeg: new Uint8Array(await blob.arrayBuffer()), width: page.width, height: page.height });
    this.keep(this.pages.at(-1));
    this.close();
    this.tell();
  }

  close() {
    this.editor.hidden = true;
    this.photograph = null;
  }

  tell() {
    this.list.replaceChildren(
      ...this.pages.map((page, index) => {
        const item = this.box.querySelector("template").content.firstElementChild.cloneNode(true);
        item.querySelector("img").src = URL.createObjectURL(new Blob([page.jpeg], { type: "image/jpeg" }));
        item.querySelector("img").onload = ({ target }) => URL.revokeObjectURL(target.src);
        const word = item.querySelector("[data-number]");
        word.textContent = `${word.dataset.number} ${index + 1} · ${sizeOf(page.jpeg.length)}`;
        item.querySelector("button").onclick = () => this.remove(page);
        return item;
      }),
    );
    this.done.hidden = !this.pages.length;
  }

  remove(page) {
    this.pages.splice(this.pages.indexOf(page), 1);
    this.tell();
    drop(page.kept);
  }

  say(key) {
    const line = this.box.querySelector("[data-capture-says]");
    line.textContent = key ? line.dataset[key] : "";
  }

  /* The finished file goes into the form's own field, as if it had been chosen there. */
  make() {
    const day = new Date().toISOString().slice(0, 10);
    const file = new File([pdfOf(this.pages)], `${this.done.dataset.name}-${day}.pdf`, { type: "application/pdf" });
    const files = new DataTransfer();
    files.items.add(file);
    this.input.files = files.files;
    this.spent.push(...this.pages.splice(0));
    this.tell();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

const box = document.querySelector("[data-capture]");
if (box && globalThis.createImageBitmap && globalThis.DataTransfer) new Desk(box);
