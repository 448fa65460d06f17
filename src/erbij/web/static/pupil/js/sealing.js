// docs/decisions/0004-asking.md: HPKE (RFC 9180) in base mode, padded so that the length tells nothing.
import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";

const BLOCK = 4096;

// WebCrypto exists on https and localhost only.
export const canSeal = () => isSecureContext && Boolean(globalThis.crypto?.subtle);

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

// `purpose` keeps ballots and requests for help apart: neither opens as the other.
export async function seal(plain, key, wave, id, purpose = "ballot") {
  const suite = new CipherSuite({
    kem: new DhkemP256HkdfSha256(),
    kdf: new HkdfSha256(),
    aead: new Aes128Gcm(),
  });
  const sender = await suite.createSenderContext({
    recipientPublicKey: await suite.kem.deserializePublicKey(fromBase64url(key)),
    info: new TextEncoder().encode(`erbij/${purpose}/1/${wave}/${id}`).buffer,
  });
  const text = padded(new TextEncoder().encode(JSON.stringify(plain)));
  const sealed = new Uint8Array(await sender.seal(text.buffer));
  const enc = new Uint8Array(sender.enc);
  return toBase64url([...enc, ...sealed]);
}

function padded(text) {
  const whole = new Uint8Array(Math.max(1, Math.ceil(text.length / BLOCK)) * BLOCK).fill(0x20);
  whole.set(text);
  return whole;
}

function fromBase64url(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0)).buffer;
}

function toBase64url(bytes) {
  const binary = bytes.map((byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
