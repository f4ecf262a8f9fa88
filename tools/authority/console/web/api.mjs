// Asking the program. Everything that can go wrong is a Problem with words for the officer.

export class Problem extends Error {
  constructor({ title, reason = "", status = 0, errors = [] }) {
    super(title);
    Object.assign(this, { title, reason, status, errors });
  }
}

const GONE = { title: "画面のプログラムにつながりません。端末で oshirase-authority console が動いているか確かめてください。", reason: "GONE" };
const STRANGE = { title: "画面のプログラムが思わぬ返事をしました。", reason: "STRANGE" };

async function answerOf(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Problem(GONE);
  }
  if (response.ok) return response;
  throw new Problem(await response.json().catch(() => STRANGE));
}

function address(path, query) {
  const given = Object.entries(query).filter(([, value]) => value);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** Reads; empty values of `query` are left out. `signal` ends it early. */
export async function ask(path, query = {}, signal = undefined) {
  return (await answerOf(address(path, query), { signal })).json();
}

/** Changes. */
export async function send(path, body) {
  const headers = { "Content-Type": "application/json" };
  return (await answerOf(path, { method: "POST", headers, body: JSON.stringify(body) })).json();
}

/** Saves what a path answers as a file, once it is whole. */
export async function download(path, query, name) {
  const response = await answerOf(address(path, query), {});
  let bytes;
  try {
    bytes = await response.blob();
  } catch {
    throw new Problem({ title: "途中で切れました。もう一度やり直してください。", reason: "BROKEN_OFF" });
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
