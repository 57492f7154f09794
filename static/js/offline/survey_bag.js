/* One surveyor's surveys on the device: a vault whose sheets have photographs too; their bytes go once the server has them. */
import { Vault } from "./vault.js";

export const sessionsOf = (tenant) => `${tenant}/surveys`; // apart from the councils' drawer of the same device
export const bagId = (tenant, user) => `${tenant}-${user}-surveys`;
export const photoName = (survey, key) => `photo:${survey}:${key}`;

const kept = (sheet) => sheet.photos ?? [];
export const unsent = (sheet) => kept(sheet).filter((it) => it.state === "waits");
const notSent = (sheet) => kept(sheet).filter((it) => it.state !== "sent"); // refused ones too: she sees them and takes them out

export class Bag extends Vault {
  waits(sheet) {
    return super.waits(sheet) + notSent(sheet).length;
  }

  get unsent() {
    return super.unsent || [...this.sheets.values()].some((sheet) => unsent(sheet).length);
  }

  photos(id) {
    return kept(this.sheets.get(id));
  }

  /* The bytes first: a photograph that the list names is there. */
  async addPhoto(id, photo, bytes) {
    await this.keepBytes(photoName(id, photo.key), bytes);
    await this.#list(id, [...this.photos(id), photo]);
  }

  async changePhoto(id, key, facts) {
    await this.#list(id, this.photos(id).map((it) => (it.key === key ? { ...it, ...facts } : it)));
  }

  async sentPhoto(id, key, at) {
    await this.changePhoto(id, key, { state: "sent", at });
    await this.dropBytes([photoName(id, key)]);
  }

  async removePhoto(id, key) {
    await this.#list(id, this.photos(id).filter((it) => it.key !== key));
    await this.dropBytes([photoName(id, key)]);
  }

  #list(id, photos) {
    return this.keepSheet({ ...this.sheets.get(id), photos });
  }

  async drop(ids) {
    await this.dropBytes((await this.names()).filter((name) => ids.some((id) => name.startsWith(`photo:${id}:`))));
    return super.drop(ids);
  }
}
