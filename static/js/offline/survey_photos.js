/* A photograph on its way: made small and bare of what the camera wrote, its place only where the surveyor gives it, sent once. */
import { newKey } from "./queue.js";
import { photoName, unsent } from "./survey_bag.js";

const LONG = 2000; // pixels of the long side
const QUALITY = 0.8;
const PATIENCE = 10_000; // milliseconds for the place

/* Drawn anew: nothing but the picture comes along. */
async function bare(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONG / Math.max(bitmap.width, bitmap.height));
  const size = { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) };
  const canvas = Object.assign(document.createElement("canvas"), size);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return blob.arrayBuffer();
}

/* null where the device does not say it; asked for only after she ticked that she gives it. */
export const placeHere = () =>
  new Promise((resolve) => {
    if (!navigator.geolocation) return resolve(null);
    const told = ({ coords: { latitude, longitude, accuracy } }) => resolve({ latitude: latitude.toFixed(5), longitude: longitude.toFixed(5), accuracy: Math.round(accuracy) });
    return navigator.geolocation.getCurrentPosition(told, () => resolve(null), { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60_000 });
  });

export async function take(bag, survey, item, file, place) {
  const bytes = await bare(file);
  const photo = { key: newKey(), item, taken_at: new Date().toISOString(), place, state: "waits", words: "" };
  await bag.addPhoto(survey, photo, bytes);
  return photo;
}

/* Each by itself, the oldest first; what the server cannot take stays, with its words.
   Answers {wait, gone}: the words of a survey that is closed, and how many belong to one that is no longer hers. */
export async function sendPhotos(bag, server) {
  const told = { wait: "", gone: 0 };
  for (const sheet of [...bag.sheets.values()]) {
    for (const photo of unsent(sheet)) {
      const bytes = await bag.bytes(photoName(sheet.id, photo.key));
      const { key, item, taken_at, place } = photo;
      const { status, body } = bytes ? await server.photo(sheet.id, { key, item, taken_at, ...place }, bytes) : { status: 404 };
      if (status === 200) await bag.sentPhoto(sheet.id, key, new Date().toISOString());
      else if ([400, 413, 422].includes(status)) await bag.changePhoto(sheet.id, key, { state: "refused", words: body.error ?? "" });
      else if ([403, 404].includes(status)) {
        await bag.removePhoto(sheet.id, key);
        told.gone += 1;
      } else if (status === 409) {
        told.wait = body.error ?? "";
        break;
      } else return told; // no line, or a login that ended: the next time
    }
  }
  return told;
}
