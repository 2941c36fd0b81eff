// Records what the door's page does: when a frame with another number was shown (see codes.py),
// when the verdict changed, which tones were played, how the phone vibrated.
const MARK = 40, MARK_BITS = 6;
window.seen = {frames: [], verdicts: [], tones: [], shakes: [], asked: 0};
navigator.vibrate = (pattern) => seen.shakes.push(pattern) > 0;
const {start} = OscillatorNode.prototype;
OscillatorNode.prototype.start = function (...when) {
  seen.tones.push(this.frequency.value);
  return start.apply(this, when);
};
const devices = MediaDevices.prototype, {getUserMedia} = devices;
devices.getUserMedia = function (...wish) { seen.asked++; return getUserMedia.apply(this, wish); };
document.addEventListener("DOMContentLoaded", () => {
  new MutationObserver(() => {
    const verdict = document.getElementById("verdict");
    if (!verdict || verdict === window.lastVerdict) return;
    window.lastVerdict = verdict;
    const {outcome, reason} = verdict.dataset;
    if (outcome) seen.verdicts.push({outcome, reason, at: performance.now(),
      words: verdict.innerText, frame: seen.frames.at(-1)?.number});
  }).observe(document.body, {subtree: true, childList: true});
  const video = document.querySelector("#camera video");
  if (!video) return;
  const canvas = document.createElement("canvas");
  canvas.width = 1; canvas.height = MARK_BITS;
  const pen = canvas.getContext("2d", {willReadFrequently: true});
  const note = () => {
    pen.drawImage(video, 0, 0, MARK, MARK * MARK_BITS, 0, 0, 1, MARK_BITS);
    const bits = pen.getImageData(0, 0, 1, MARK_BITS).data;
    let number = 0;
    for (let bit = 0; bit < MARK_BITS; bit++) number |= (bits[bit * 4] > 128) << bit;
    if (seen.frames.at(-1)?.number !== number) seen.frames.push({number, at: performance.now()});
    video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
});
