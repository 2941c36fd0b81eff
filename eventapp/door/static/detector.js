// Reads QR codes in pictures: with the browser's own reader if that works, else with ours.

const READER = "../vendor/barcode-detector-3.2.2/ponyfill.js";
const WASM = new URL("../vendor/zxing-wasm-3.1.3/zxing_reader.wasm", import.meta.url).href;
const FORMATS = { formats: ["qr_code"] };
const TEST_MOST_MS = 1500;

// "EVENTAPP" as a QR code of version 1: each number is a row of 21 modules, the left one first.
const KNOWN_TEXT = "EVENTAPP";
const KNOWN_ROWS = [
  0x1fc57f, 0x104341, 0x175e5d, 0x17545d, 0x17535d, 0x105141, 0x1fd57f, 0x001b00, 0x17c97c,
  0x13ad2e, 0x19429e, 0x1e8036, 0x0f7e9d, 0x0013e1, 0x1fc168, 0x105fec, 0x175126, 0x175910,
  0x175694, 0x104c19, 0x1fdaa0,
];

export function pictureOfKnownCode(module = 6, quiet = 4) {
  const modules = KNOWN_ROWS.length;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = (modules + 2 * quiet) * module;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "white";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = "black";
  KNOWN_ROWS.forEach((row, y) => {
    for (let x = 0; x < modules; x++) {
      if ((row >> (modules - 1 - x)) & 1)
        pen.fillRect((x + quiet) * module, (y + quiet) * module, module, module);
    }
  });
  return canvas;
}

// A native reader is tested first: on some systems it finds nothing, on others it never answers.
async function isAbleToRead(detector) {
  const late = new Promise((_, no) => setTimeout(() => no(new Error("no answer")), TEST_MOST_MS));
  const found = await Promise.race([detector.detect(pictureOfKnownCode()), late]);
  return found.some((code) => code.rawValue === KNOWN_TEXT);
}

async function nativeDetector() {
  try {
    const detector = new globalThis.BarcodeDetector(FORMATS);
    return (await isAbleToRead(detector)) ? detector : null;
  } catch {
    return null;
  }
}

// Imports the modules of our reader if this browser needs it, so that the page has loaded them, and
// returns the other files it needs: the page keeps all of them to work offline.
export async function filesOfReader() {
  if (await nativeDetector()) return [];
  await import(READER);
  return [WASM];
}

async function ownDetector() {
  const { BarcodeDetector, prepareZXingModule } = await import(READER);
  await prepareZXingModule({ overrides: { locateFile: () => WASM }, fireImmediately: true });
  const detector = new BarcodeDetector(FORMATS);
  await detector.detect(pictureOfKnownCode()); // the first picture takes longest
  return detector;
}

async function choose() {
  const native = await nativeDetector();
  return { isNative: native !== null, detector: native ?? (await ownDetector()) };
}

let chosen = null;

// Resolves to `{isNative, read}`, shared by all callers. `read(picture)` resolves to the codes in a
// canvas, a video or an image: `[{text, size}]`, the largest (nearest) first. Rejects if no reader
// can be loaded; the next call tries again.
export async function codeReader() {
  chosen ??= choose();
  try {
    const { isNative, detector } = await chosen;
    return { isNative, read: async (picture) => sorted(await detector.detect(picture)) };
  } catch (error) {
    chosen = null;
    throw error;
  }
}

function sorted(found) {
  return found
    .map(({ rawValue, boundingBox }) => ({
      text: rawValue,
      size: boundingBox.width * boundingBox.height,
    }))
    .sort((one, other) => other.size - one.size);
}
