// What the list has instead of tickets and codes: the first digits of their SHA-256, in hex.

export async function digest(text, digits) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes).slice(0, digits / 2)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
