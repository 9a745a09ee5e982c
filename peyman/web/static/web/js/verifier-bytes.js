/* Bytes, signatures and the zip of a case file: what `verifier.js` stands on. */

"use strict";

const utf8 = new TextEncoder();
const strictText = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});

// --- Bytes

const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const joined = (...parts) => inOne(parts);

/* Parts that may be more than a call takes as arguments. */
function inOne(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { all.set(part, at); at += part.length; }
  return all;
}

/* Standard base64 in the one way that it can be written; null for anything else. */
function base64(text) {
  try {
    const raw = atob(text);
    return text && btoa(raw) === text ? Uint8Array.from(raw, (c) => c.charCodeAt(0)) : null;
  } catch { return null; }
}

function textOf(bytes) {
  try { return strictText.decode(bytes); } catch { return null; }
}

/* RFC 8785 for what JSON.parse gave: members in the order of their UTF-16 units. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((m) => `${JSON.stringify(m)}:${canonical(value[m])}`).join(",")}}`;
}

async function importKey(raw) {
  return crypto.subtle.importKey("raw", raw, {name: "Ed25519"}, false, ["verify"]);
}

async function isSigned(raw, signature, message) {
  try {
    return await crypto.subtle.verify({name: "Ed25519"}, await importKey(raw), signature, message);
  } catch { return false; }
}

/* Whether this browser can check an Ed25519 signature at all. */
async function canVerify() {
  try {
    const key = base64("11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");
    const signature = Uint8Array.from(
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        .match(/../g), (two) => parseInt(two, 16));
    return await isSigned(key, signature, new Uint8Array()); // RFC 8032, 7.1, test 1
  } catch { return false; }
}

// --- The zip: stored, in order, and equal to its own rebuild

const CRC = Uint32Array.from({length: 256}, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xEDB88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function crc32(bytes) {
  let crc = 0xFFFFFFFF;
  for (const byte of bytes) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xFFFFFFFF) >>> 0;
}

function packed(size, ...fields) {
  const view = new DataView(new ArrayBuffer(size));
  let at = 0;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(at, value, true);
    else if (width === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += width;
  }
  return new Uint8Array(view.buffer);
}

const MANY = 0xFFFF; // files that two bytes no longer count

function writeZip(files) {
  const parts = [], central = [];
  let offset = 0;
  for (const path of [...files.keys()].sort()) {
    const name = utf8.encode(path), data = files.get(path);
    const shape = [[2, 0], [2, 0], [2, 0], [2, 0x21], [4, crc32(data)], [4, data.length],
      [4, data.length], [2, name.length], [2, 0]];
    parts.push(packed(30, [4, 0x04034b50], [2, 20], ...shape), name, data);
    central.push(packed(46, [4, 0x02014b50], [2, 0x0314], [2, 20], ...shape,
      [2, 0], [2, 0], [2, 0], [4, 0x81A40000], [4, offset]), name);
    offset += 30 + name.length + data.length;
  }
  const index = inOne(central), shown = Math.min(files.size, MANY);
  const end = packed(22, [4, 0x06054b50], [2, 0], [2, 0], [2, shown], [2, shown],
    [4, index.length], [4, offset], [2, 0]);
  const zip64 = shown < MANY ? [] : endOfMany(files.size, index.length, offset);
  parts.push(index, ...zip64, end);
  return inOne(parts);
}

/* What Zip64 puts before the end where two bytes do not count the files. */
function endOfMany(count, length, offset) {
  return [
    packed(56, [4, 0x06064b50], [8, 44], [2, 0x032D], [2, 45], [4, 0], [4, 0],
      [8, count], [8, count], [8, length], [8, offset]),
    packed(20, [4, 0x07064b50], [4, 0], [8, offset + length], [4, 1]),
  ];
}

/* The files of a zip; null if it is not the one zip that they make. */
function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), files = new Map();
  let at = 0;
  while (at + 30 <= bytes.length && view.getUint32(at, true) === 0x04034b50) {
    const method = view.getUint16(at + 8, true), size = view.getUint32(at + 22, true);
    const start = at + 30 + view.getUint16(at + 26, true), end = start + size;
    const path = textOf(bytes.subarray(at + 30, start));
    const climbs = path === null || path.startsWith("/") || path.split("/").includes("..");
    if (method || end > bytes.length || climbs || files.has(path)) return null;
    files.set(path, bytes.subarray(start, end));
    at = end;
  }
  return files.size && equal(writeZip(files), bytes) ? files : null;
}
