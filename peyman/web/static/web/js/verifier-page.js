/* The page around `verifyCase`: takes a zip or a folder, and says in words what came of it.
   Nothing leaves the page: it may not open a connection (see its policy in the head). */

"use strict";

const WORDS = JSON.parse(document.getElementById("words").textContent);
const answer = document.getElementById("answer");

function words(code, gaps = {}) {
  return WORDS[code].replace(/\{(\w+)\}/g, (_, name) => String(gaps[name] ?? ""));
}

function line(tag, text, name) {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  answer.append(made);
}

function list(items) {
  const made = document.createElement("ul");
  for (const item of items) {
    const one = document.createElement("li");
    one.dir = "auto";
    one.textContent = item;
    made.append(one);
  }
  answer.append(made);
}

const names = (indexes) => indexes.map((index) => `e${index}`).join(", ");

function tellFaults(report) {
  line("h2", words("refused"), "bad");
  const first = report.faults.find((fault) => fault.index !== null);
  if (first) line("p", words("first", {entry: `e${first.index}`}));
  list(report.faults.slice(0, 100).map((fault) => {
    const place = fault.index === null ? fault.path : `${fault.path} (e${fault.index})`;
    return `${place}: ${words(fault.code, fault.gaps)}`;
  }));
}

function tellWhole(report) {
  const parts = [...report.registers].filter(([, one]) => one.withheld.length || one.erased.length);
  const isWhole = !report.withheld.length && !report.erased.length && !parts.length;
  line("h2", words(isWhole ? "whole" : "partial"), isWhole ? "good" : "wait");
  const here = report.size - report.withheld.length - report.erased.length;
  line("p", words("here", {here, size: report.size, origin: report.origin}));
  if (report.withheld.length) line("p", words("withheld", {entries: names(report.withheld)}));
  if (report.erased.length) line("p", words("erased", {entries: names(report.erased)}));
  for (const [id] of parts) line("p", words("register-partial", {id}));
  if (!isWhole) line("p", words("absence"));
}

function tellChecked(report) {
  line("h3", words("checked"));
  list([
    words("checked-bytes"), words("checked-log", {size: report.size, root: report.root}),
    words("checked-head", {key: report.logKey}),
    ...[...report.signed].map(([who, n]) => {
      const [office, key] = who.split(" ");
      return words("checked-signed", {n, office, key});
    }),
    ...[...report.registers].map(([id, one]) => words("checked-register", {id, size: one.size})),
  ]);
  line("h3", words("not-checked"));
  list([
    words("not-key"), words("not-meaning"),
    ...report.witnesses.map((name) => words("not-witness", {name})),
    words(report.witnesses.length ? "not-hour-witness" : "not-hour", {last: report.last}),
    ...(report.kept === "reconstructed" ? [words("reconstructed")] : []),
    ...(report.isPublic ? [words("not-public")] : []),
  ]);
}

async function check(files) {
  answer.replaceChildren();
  answer.setAttribute("aria-busy", "true");
  line("p", words("working"));
  try {
    if (!globalThis.crypto?.subtle || !await canVerify()) { answer.replaceChildren(); line("h2", words("no-ed25519"), "wait"); return; }
    const read = await files();
    const isCase = read?.has("checkpoint");
    const report = isCase ? await verifyCase(read) : null;
    answer.replaceChildren();
    if (!report) { line("h2", words(read ? "no-case" : "no-zip"), "bad"); return; }
    if (report.faults.length) tellFaults(report); else { tellWhole(report); tellChecked(report); }
  } catch (error) {
    answer.replaceChildren();
    line("h2", words("broken"), "bad");
    line("p", String(error));
  } finally {
    answer.removeAttribute("aria-busy");
  }
}

const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer());

document.getElementById("zip").addEventListener("change", (event) => {
  const [file] = event.target.files;
  if (file) check(async () => readZip(await bytesOf(file)));
});

document.getElementById("folder").addEventListener("change", (event) => {
  const chosen = [...event.target.files];
  if (!chosen.length) return;
  check(async () => {
    const files = new Map();
    for (const file of chosen) {
      files.set(file.webkitRelativePath.split("/").slice(1).join("/"), await bytesOf(file));
    }
    return files;
  });
});
