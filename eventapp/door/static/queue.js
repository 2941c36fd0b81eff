// The actions done on this phone, in their order. Each is stored before its result is shown, and
// kept until the server has received it and a newer list includes it. All tabs share them.

// Phones keep what older versions of this page stored, so the names of the store and of the fields
// of a stored action must not change. `did` is the outcome, decided by this phone or by the server;
// `part` is how many people the form said, `people` how many the outcome is about.
const STORE = "acts";
const unstored = []; // actions for which the phone has no room: lost when this page is closed
let opening = null;

function opened() {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open("door", 1);
    asked.onupgradeneeded = () => {
      const store = asked.result.createObjectStore(STORE, {
        keyPath: "number",
        autoIncrement: true,
      });
      store.createIndex("scan_id", "scan_id", { unique: true });
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
    // "strict": resolves when the data is on the disk, not merely on its way there.
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(asked?.result);
    transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
  });
}

// Returns whether it is stored. If not, it is kept while this page is open, and sent all the same.
export async function write(action) {
  try {
    await within("readwrite", (store) => store.add(action));
    return true;
  } catch (error) {
    if (error.name === "ConstraintError") return true; // this action is stored already
    if (!unstored.some((other) => other.scan_id === action.scan_id))
      unstored.push({ ...action, unstored: true });
    return false;
  }
}

export async function all() {
  const stored = await within("readonly", (store) => store.getAll()).catch(() => []);
  return [...stored, ...unstored];
}

// Returns whether the change is stored.
export async function change(scanId, changes) {
  const kept = unstored.find((action) => action.scan_id === scanId);
  if (kept) return Boolean(Object.assign(kept, changes));
  return within("readwrite", (store) => {
    const asked = store.index("scan_id").get(scanId);
    asked.onsuccess = () => asked.result && store.put({ ...asked.result, ...changes });
  }).then(
    () => true,
    () => false,
  ); // the phone is full
}

export async function forget(scanIds) {
  for (const scanId of scanIds) {
    const at = unstored.findIndex((action) => action.scan_id === scanId);
    if (at >= 0) unstored.splice(at, 1);
  }
  await within("readwrite", (store) => {
    for (const scanId of scanIds) {
      const asked = store.index("scan_id").getKey(scanId);
      asked.onsuccess = () => asked.result !== undefined && store.delete(asked.result);
    }
  }).catch(() => {});
}

const KEPT_FOR = 30 * 24 * 3600_000; // milliseconds

// Deletes what was never sent: names and tickets must not stay on a phone for ever.
export async function forgetOld() {
  const isOld = ({ happened_at }) => Date.now() - Date.parse(happened_at) > KEPT_FOR;
  const old = (await all()).filter(isOld);
  if (old.length) await forget(old.map((action) => action.scan_id));
}

export const waits = (action) => action.state === "waiting";
export const wasRefused = (action) => action.state === "refused";
export const wasSent = (action) => action.state === "sent";
