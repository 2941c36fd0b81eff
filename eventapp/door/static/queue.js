// What this phone did at a door, in its order: written down before it is shown, kept until the
// server has heard of it and the list says so too. Every tab of the page shares it.

const STORE = "acts";
const unstored = []; // where the phone is full: as good as this page stays open
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("door", 1);
    asked.onupgradeneeded = () => {
      const acts = asked.result.createObjectStore(STORE, {
        keyPath: "number",
        autoIncrement: true,
      });
      acts.createIndex("scan_id", "scan_id", { unique: true });
    };
    asked.onsuccess = () => {
      asked.result.onclose = () => (opening = null);
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
  opening.catch(() => (opening = null));
  return opening;
}

async function within(mode, work) {
  const database = await opened();
  return new Promise((resolve, reject) => {
    // "strict": on the disk, not merely on its way there, when it is shown.
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
  });
}

// Whether it is stored. Where it is not, it is kept while this page is open, and sent as the rest.
export async function write(act) {
  try {
    await within("readwrite", (acts) => acts.add(act));
    return true;
  } catch (error) {
    if (error.name === "ConstraintError") return true; // this very scan is there
    if (!unstored.some((other) => other.scan_id === act.scan_id))
      unstored.push({ ...act, unstored: true });
    return false;
  }
}

export async function all() {
  const stored = await within("readonly", (acts) => acts.getAll()).catch(() => []);
  return [...stored, ...unstored];
}

// Whether it could be written down.
export async function change(scanId, changes) {
  const kept = unstored.find((act) => act.scan_id === scanId);
  if (kept) return Boolean(Object.assign(kept, changes));
  return within("readwrite", (acts) => {
    const asked = acts.index("scan_id").get(scanId);
    asked.onsuccess = () => asked.result && acts.put({ ...asked.result, ...changes });
  }).then(
    () => true,
    () => false,
  ); // a full phone
}

export async function forget(scanIds) {
  for (const scanId of scanIds) {
    const at = unstored.findIndex((act) => act.scan_id === scanId);
    if (at >= 0) unstored.splice(at, 1);
  }
  await within("readwrite", (acts) => {
    for (const scanId of scanIds) {
      const asked = acts.index("scan_id").getKey(scanId);
      asked.onsuccess = () => asked.result !== undefined && acts.delete(asked.result);
    }
  }).catch(() => {});
}

const KEPT_FOR = 30 * 24 * 3600_000; // milliseconds, where no door takes it any more

// What nobody will send: names and tickets are not kept here for ever.
export async function forgetOld() {
  const old = (await all()).filter((act) => Date.now() - Date.parse(act.happened_at) > KEPT_FOR);
  if (old.length) await forget(old.map((act) => act.scan_id));
}

export const waits = (act) => act.state === "waiting";
export const wasRefused = (act) => act.state === "refused";
export const wasSent = (act) => act.state === "sent";
