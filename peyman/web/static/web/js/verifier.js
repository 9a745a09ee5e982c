/* Checks a case file in the browser, with nothing but the file: docs/record.md, sections 1
   to 6. It is not the whole of `peyman verify`: what it leaves out, the page says.

   `verifyCase(files)` takes a Map of path to bytes and gives a report. Whatever is wrong
   becomes a fault {path, index, code, gaps}; `index` is that of the entry, or null. */

"use strict";

const WIDTH = 256;
const HEX = /^[0-9a-f]{64}$/;
const LEAF = /^\{"commitment":"([0-9a-f]{64})","entered":"((?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)","v":1\}$/;
const ENVELOPE = /^\{"payload":"([A-Za-z0-9+/=]+)","payloadType":"application\/vnd\.peyman\.entry\+json","signatures":\[\{"keyid":"([0-9a-f]{64})","sig":"([A-Za-z0-9+/=]+)"\}\]\}$/;
const PART = "[a-z0-9]+(?:[._-][a-z0-9]+)*";
const PLACE = new RegExp(
  "^(?:case\\.toml|checkpoint"
  + `|charters/${PART}(?:/${PART})*`
  + "|envelopes/[0-9]{6,12}\\.json|sources/[0-9a-f]{64}"
  + "|tile/(?:entries|[0-9]{1,2})(?:/x[0-9]{3})*/[0-9]{3}(?:\\.p/[0-9]{1,3})?)$");
const REGISTER = new RegExp(`^registers/(${PART})/(.+)$`);
/* Bytes of a line of a witness: Ed25519, ML-DSA-44. Neither is checked here. */
const LINES_OF_WITNESSES = [76, 2432];
const PAYLOAD_TYPE = "application/vnd.peyman.entry+json";

// --- The tree

const hashLeaf = (leaf) => sha256(joined(Uint8Array.of(0), leaf));
const hashNode = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

/* Complete subtrees of 2**k leaves, from the left: levels[k]. */
async function treeOf(hashes) {
  const levels = [hashes];
  while (levels.at(-1).length > 1) {
    const below = levels.at(-1), above = [];
    for (let i = 0; i + 1 < below.length; i += 2) above.push(await hashNode(below[i], below[i + 1]));
    levels.push(above);
  }
  return levels;
}

async function rootAt(levels, size) {
  if (!size) return sha256(new Uint8Array());
  let root = null, end = size;
  for (let level = 0; end > 0; level++, end >>= 1) {
    if (!(end & 1)) continue;
    const part = levels[level][end - 1];
    root = root ? await hashNode(part, root) : part;
  }
  return root;
}

function tilePath(level, number, width) {
  let path = String(number % 1000).padStart(3, "0");
  for (let rest = Math.floor(number / 1000); rest; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
  }
  return `tile/${level}/${path}${width < WIDTH ? `.p/${width}` : ""}`;
}

function* tilesOf(size) {
  const level = function* (name, count) {
    for (let first = 0; first < count; first += WIDTH) {
      const width = Math.min(WIDTH, count - first);
      yield {path: tilePath(name, first / WIDTH, width), level: name, first, width};
    }
  };
  yield* level("entries", size);
  for (let n = 0, count = size; count; n++, count = Math.floor(count / WIDTH)) yield* level(n, count);
}

// --- One case file, and the registers inside it

class Check {
  constructor(files, prefix = "") {
    this.files = files;
    this.prefix = prefix;
    this.report = {
      origin: "", size: 0, root: "", logKey: "", kept: "", faults: [], withheld: [],
      erased: [], signed: new Map(), witnesses: [], registers: new Map(), last: "",
    };
    this.places = new Map();
    this.payloads = new Map();
    this.keys = new Map();
    this.mayAdd = [];
    this.charters = new Map();
    this.heads = new Map();
    this.sources = new Map();
    this.erased = new Set();
  }

  fault(path, index, code, gaps = {}) {
    this.report.faults.push({path: this.prefix + path, index, code, gaps});
  }

  async run() {
    await this.checkRegisters();
    for (const path of this.files.keys()) if (!PLACE.test(path)) this.fault(path, null, "stray");
    const settings = this.readSettings(), head = this.readHead();
    if (!settings || !head) return this.report;
    Object.assign(this.report, {origin: settings.origin, kept: settings.kept, size: head.size, root: hex(head.root)});
    this.report.logKey = hex(await sha256(settings.logKey));
    await this.checkHead(head, settings);
    if (!await this.readLog(head)) return this.report;
    for (let index = 0; index < head.size; index++) await this.checkEntry(index, settings);
    await this.checkFiles();
    for (const [id, named] of this.heads) this.checkNamed(id, named);
    this.finish();
    return this.report;
  }

  async checkRegisters() {
    const inside = new Map();
    for (const [path, data] of [...this.files]) {
      const found = REGISTER.exec(path);
      if (!found) continue;
      if (!inside.has(found[1])) inside.set(found[1], new Map());
      inside.get(found[1]).set(found[2], data);
      this.files.delete(path);
    }
    for (const [id, files] of inside) {
      const check = new Check(files, `${this.prefix}registers/${id}/`);
      this.report.registers.set(id, await check.run());
      this.report.registers.get(id).levels = check.levels;
      this.report.faults.push(...check.report.faults);
    }
  }

  readSettings() {
    const text = textOf(this.files.get("case.toml") ?? new Uint8Array()) ?? "";
    const value = (name) => (new RegExp(`^${name} *= "([^"\\\\]*)"$`, "m").exec(text) ?? [])[1];
    const logKey = base64(value("log_key") ?? "");
    const settings = {origin: value("origin"), kept: value("kept"), registrar: value("registrar"), logKey};
    if (settings.origin && settings.kept && logKey && logKey.length === 32) return settings;
    this.fault("case.toml", null, "settings");
    return null;
  }

  readHead() {
    const text = textOf(this.files.get("checkpoint") ?? new Uint8Array()) ?? "";
    const [body, signed, ...rest] = text.split("\n\n");
    const lines = body.split("\n"), root = base64(lines[2] ?? "");
    const isSize = /^(?:0|[1-9][0-9]{0,8})$/.test(lines[1] ?? "");
    const signatures = (signed ?? "").slice(0, -1).split("\n").map((line) => {
      const found = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/.exec(line);
      return found && base64(found[2]) && {name: found[1], bytes: base64(found[2])};
    });
    const isSound = lines.length === 3 && !rest.length && isSize && root?.length === 32
      && signed.endsWith("\n") && signatures.every(Boolean) && signatures.length <= 16;
    if (isSound) return {origin: lines[0], size: Number(lines[1]), root, text: `${body}\n`, signatures};
    this.fault("checkpoint", null, "head");
    return null;
  }

  async checkHead(head, settings) {
    if (head.origin !== settings.origin) this.fault("checkpoint", null, "head-of-another");
    const hint = (await sha256(joined(utf8.encode(`${settings.origin}\n`), Uint8Array.of(1), settings.logKey))).subarray(0, 4);
    let own = 0;
    for (const {name, bytes} of head.signatures) {
      if (LINES_OF_WITNESSES.includes(bytes.length)) { this.report.witnesses.push(name); continue; }
      const isOwn = name === settings.origin && equal(bytes.subarray(0, 4), hint);
      if (isOwn && await isSigned(settings.logKey, bytes.subarray(4), utf8.encode(head.text))) own += 1;
      else this.fault("checkpoint", null, "head-signature");
    }
    if (own !== 1) this.fault("checkpoint", null, "head-signature");
  }

  async readLog(head) {
    const tiles = [...tilesOf(head.size)], due = new Set(tiles.map((tile) => tile.path));
    for (const path of this.files.keys()) if (path.startsWith("tile/") && !due.has(path)) this.fault(path, null, "tile-stray");
    const leaves = [], stored = [];
    for (const tile of tiles) {
      const data = this.files.get(tile.path);
      if (!data) { this.fault(tile.path, null, "tile-missing"); return false; }
      if (tile.level === "entries" ? !this.readBundle(tile, data, leaves) : data.length !== 32 * tile.width) {
        this.fault(tile.path, null, "tile-length");
        return false;
      }
      if (tile.level === 0) for (let i = 0; i < tile.width; i++) stored.push(data.slice(32 * i, 32 * i + 32));
    }
    const hashes = await Promise.all(leaves.map((leaf, i) => leaf.length ? hashLeaf(leaf) : stored[i]));
    this.levels = await treeOf(hashes);
    if (!equal(await rootAt(this.levels, head.size), head.root)) {
      const byTile = await treeOf(stored);
      if (equal(await rootAt(byTile, head.size), head.root)) this.levels = byTile;
      else this.fault("checkpoint", null, "root");
    }
    for (const tile of tiles) this.compareTile(tile, hashes);
    this.leaves = leaves.map((leaf) => leaf.length ? LEAF.exec(textOf(leaf) ?? "") : undefined);
    return true;
  }

  readBundle(tile, data, leaves) {
    const view = new DataView(data.buffer, data.byteOffset, data.length);
    let at = 0;
    for (let i = 0; i < tile.width; i++) {
      if (at + 2 > data.length) return false;
      const end = at + 2 + view.getUint16(at);
      if (end > data.length) return false;
      leaves.push(data.slice(at + 2, end));
      at = end;
    }
    return at === data.length;
  }

  compareTile(tile, hashes) {
    const level = tile.level === "entries" ? 0 : 8 * tile.level, data = this.files.get(tile.path);
    for (let i = 0; i < tile.width; i++) {
      const index = tile.first + i, right = this.levels[level][index];
      const here = tile.level === "entries" ? hashes[index] : data.subarray(32 * i, 32 * i + 32);
      if (!equal(here, right)) this.fault(tile.path, level ? null : index, tile.level === "entries" ? "leaf-other" : "hash");
    }
  }

  async checkEntry(index, settings) {
    const path = `envelopes/${String(index).padStart(6, "0")}.json`, leaf = this.leaves[index];
    if (leaf === null) this.fault(path, index, "leaf");
    const data = this.files.get(path);
    if (leaf) {
      if (this.places.has(leaf[1])) this.fault(path, index, "twice");
      if (leaf[2] < this.report.last) this.fault(path, index, "backwards");
      this.report.last = leaf[2] > this.report.last ? leaf[2] : this.report.last;
      this.places.set(leaf[1], index);
    }
    if (!data) { this.report.withheld.push(index); return; }
    if (!leaf || hex(await sha256(data)) !== leaf[1]) { this.fault(path, index, "envelope-other"); return; }
    const found = this.readEnvelope(data);
    if (!found) { this.fault(path, index, "envelope"); return; }
    const before = this.report.faults.length;
    await this.checkPayload(found, index, path, settings);
    if (this.report.faults.length === before) this.take(found.payload, index);
  }

  readEnvelope(data) {
    const outer = ENVELOPE.exec(textOf(data) ?? "");
    if (!outer || data.length > 65535) return null;
    const inside = base64(outer[1]), signature = base64(outer[3]), text = inside && textOf(inside);
    try {
      const payload = JSON.parse(text);
      const isSound = canonical(payload) === text && payload.v === 1 && signature.length === 64
        && payload.signer.key === outer[2] && HEX.test(payload.nonce) && Array.isArray(payload.cites)
        && Number.isInteger(payload.seen.size) && typeof payload.body === "object";
      return isSound ? {payload, signature, inside} : null;
    } catch { return null; }
  }

  async checkPayload({payload, signature, inside}, index, path, settings) {
    if (payload.origin !== settings.origin) this.fault(path, index, "another-log");
    if ((index === 0) !== (payload.kind === "open")) this.fault(path, index, "open-first");
    const {size, root} = payload.seen;
    if (size > index || hex(await rootAt(this.levels, size)) !== root) this.fault(path, index, "seen");
    const hides = this.leaves.includes(undefined);
    for (const cited of index ? payload.cites : []) {
      if (!cited.origin && !hides && !this.places.has(cited.commitment)) this.fault(path, index, "cites");
    }
    const keys = index ? this.keys : await this.firstKeys(payload.body);
    const key = keys.get(payload.signer.key);
    const type = utf8.encode(PAYLOAD_TYPE);
    const message = joined(utf8.encode(`DSSEv1 ${type.length} ${PAYLOAD_TYPE} ${inside.length} `), inside);
    if (!key || index < key.first || index > key.last) this.fault(path, index, "key-unknown", {office: payload.signer.office});
    else if (key.office !== payload.signer.office) this.fault(path, index, "key-of-another", {office: payload.signer.office});
    else if (!await isSigned(key.raw, signature, message)) this.fault(path, index, "signature", {office: payload.signer.office});
    if (payload.kind === "key") await this.checkKey(payload, index, path);
  }

  async firstKeys(body) {
    const keys = new Map();
    for (const one of body.keys ?? []) await this.addKey(keys, one, 0);
    return keys;
  }

  async addKey(keys, one, first) {
    const raw = base64(one.public ?? "");
    const isOwn = raw?.length === 32 && hex(await sha256(raw)) === one.key;
    if (isOwn) keys.set(one.key, {office: one.office, raw, first, last: Infinity});
    return isOwn;
  }

  async checkKey({body, signer}, index, path) {
    const isOwn = body.do !== "add" && signer.office === body.office;
    if (!isOwn && !this.mayAdd.includes(signer.office)) this.fault(path, index, "key-not-allowed", {office: signer.office});
    const isKnown = this.keys.has(body.key);
    if (isKnown !== (body.do === "revoke")) this.fault(path, index, "key-entry");
    else if (!isKnown && !await this.addKey(new Map(), body, 0)) this.fault(path, index, "key-entry");
  }

  take(payload, index) {
    const {kind, body, signer} = payload;
    this.payloads.set(index, payload);
    const who = `${signer.office} ${signer.key}`;
    this.report.signed.set(who, (this.report.signed.get(who) ?? 0) + 1);
    if (kind === "open") {
      this.mayAdd = body.may_add_keys;
      this.opening = body;
      for (const one of body.keys) this.keys.set(one.key, {office: one.office, raw: base64(one.public), first: 0, last: Infinity});
    }
    if (kind === "open" || kind === "adopt") {
      for (const one of body.charters ?? []) for (const [name, digest] of Object.entries(one.files)) this.charters.set(`charters/${name}`, digest);
      for (const one of body.registers ?? []) this.heads.set(one.id, {...one, index});
    }
    if (kind === "key") this.takeKey(body, index);
    if (kind === "source") this.sources.set(`sources/${body.digest}`, index);
    if (kind === "erase") for (const one of body.entries) this.erased.add(this.places.get(one));
  }

  takeKey(body, index) {
    if (body.do !== "add") {
      for (const [print, one] of this.keys) {
        const isMeant = body.do === "revoke" ? print === body.key : one.office === body.office;
        if (isMeant) one.last = Math.min(one.last, index);
      }
    }
    if (body.do !== "revoke") this.keys.set(body.key, {office: body.office, raw: base64(body.public), first: index + 1, last: Infinity});
  }

  async checkFiles() {
    const due = new Map(this.charters);
    due.set("case.toml", this.opening?.case);
    for (const [path, index] of this.sources) if (!this.erased.has(index)) due.set(path, path.slice(8));
    for (const [path, digest] of due) {
      const data = this.files.get(path);
      if (!this.opening) continue;
      if (!data) this.fault(path, this.sources.get(path) ?? null, "file-missing");
      else if (hex(await sha256(data)) !== digest) this.fault(path, this.sources.get(path) ?? null, "file-other");
    }
    for (const path of this.files.keys()) {
      const isBound = !/^(?:charters|sources)\//.test(path) || due.has(path);
      if (this.opening && !isBound) this.fault(path, null, "file-unbound");
      const envelope = /^envelopes\/([0-9]+)\.json$/.exec(path);
      const right = envelope && `envelopes/${String(Number(envelope[1])).padStart(6, "0")}.json`;
      if (envelope && (right !== path || Number(envelope[1]) >= this.report.size)) this.fault(path, null, "envelope-stray");
    }
    for (const index of this.erased) {
      const path = `envelopes/${String(index).padStart(6, "0")}.json`;
      if (this.files.has(path)) this.fault(path, index, "erased-here");
    }
    for (const id of this.report.registers.keys()) {
      if (this.opening && !this.heads.has(id)) this.fault(`registers/${id}/checkpoint`, null, "register-unnamed");
    }
  }

  checkNamed(id, named) {
    const found = this.report.registers.get(id), path = `registers/${id}/checkpoint`;
    if (!found) this.fault(path, named.index, "register-missing");
    else if (found.root !== named.root || found.size !== named.size || found.origin !== named.origin) {
      this.fault(path, named.index, "register-other");
    }
  }

  finish() {
    const report = this.report;
    report.erased = report.withheld.filter((index) => this.erased.has(index));
    report.withheld = report.withheld.filter((index) => !this.erased.has(index));
    if (report.size && report.withheld.includes(0)) this.fault("envelopes/000000.json", 0, "open-missing");
    report.isPublic = this.leaves.includes(undefined);
    const last = (fault) => fault.index ?? Infinity;
    report.faults.sort((a, b) => last(a) - last(b) || (a.path < b.path ? -1 : 1));
  }
}

const verifyCase = (files) => new Check(new Map(files)).run();
