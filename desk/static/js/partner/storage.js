/**
 * What the browser keeps for us. Where it refuses (private windows, a full disk, site data switched
 * off) the page's own memory serves: everything works until the page is left.
 */

/**
 * @typedef {object} Store
 * @property {(key: string) => any} read  null if there is nothing, or nothing that can be read
 * @property {(key: string, value: any) => void} write
 * @property {(key: string) => void} forget
 */

let place = "";

/** Set our keys apart from those of the page that the chat is a guest of. @param {string} name */
export const keepUnder = (name) => (place = name);

/** Kept on this device, shared by all tabs. */
export const ofDevice = guarded(() => localStorage);

/** Kept for this tab alone; it survives a reload. */
export const ofTab = guarded(() => sessionStorage);

/** @param {() => Storage} storage  a function, for even naming it may throw @returns {Store} */
export function guarded(storage) {
  /** @type {Map<string, string>} */
  const memory = new Map();
  return {
    read(key) {
      try {
        return JSON.parse(memory.get(key) ?? storage().getItem(place + key) ?? "null");
      } catch {
        return null;
      }
    },
    write(key, value) {
      const text = JSON.stringify(value);
      try {
        storage().setItem(place + key, text);
        memory.delete(key);
      } catch {
        memory.set(key, text);
      }
    },
    forget(key) {
      memory.delete(key);
      try {
        storage().removeItem(place + key);
      } catch {
        // Nothing can have been kept there.
      }
    },
  };
}
