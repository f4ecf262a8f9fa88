// The business's side: the registration form, filled in by following its pages.
import jsQR from "jsqr";
import { PNG } from "pngjs";

/** The attributes of a tag. */
function attributes(tag) {
  const found = {};
  for (const [, name, , value] of tag.matchAll(/([a-z-]+)(="([^"]*)")?/g)) found[name] = value ?? "";
  return found;
}

function unescape(text) {
  const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'", "#x2F": "/", "#x3D": "=" };
  return text.replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole);
}

/** The form of a page that `wanted` picks by its attributes: where it posts, its hidden fields, and the
 *  names of those to fill in. */
function formOf(html, wanted) {
  const form = [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)]
    .map(([text]) => ({ text, ...attributes(text.match(/<form[^>]*>/)[0]) }))
    .find(wanted);
  if (!form) throw new Error("the page lacks its form");
  const hidden = {};
  const asked = new Set();
  for (const [tag] of form.text.matchAll(/<(input|textarea)[^>]*>/g)) {
    const input = attributes(tag);
    if (input.type === "hidden") hidden[input.name] = unescape(input.value);
    else asked.add(input.name);
  }
  return { action: unescape(form.action), hidden, asked };
}

async function post(url, fields, headers = {}) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) body.append(name, one);
  }
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(url).origin, ...headers },
    body,
  });
}

async function pageOf(response, what, status = 200) {
  const html = await response.text();
  if (response.status !== status) throw new Error(`${what}: ${response.status}`);
  return html;
}

/** Fills in the pages of the form one after another, and returns the page that shows all answers. */
export async function fillInForm(site, answers) {
  let page = await pageOf(await fetch(`${site}/register`), "GET /register");
  for (let steps = 0; steps < 6; steps++) {
    const { action, hidden, asked } = formOf(page, ({ id }) => id === "step");
    if (hidden.step === "check") return page;
    const typed = Object.entries(answers).filter(([name]) => asked.has(name));
    const next = await post(`${site}${action}`, { ...hidden, ...Object.fromEntries(typed) });
    page = await pageOf(next, `POST ${action}`);
  }
  throw new Error("the form does not end");
}

/** Sends the page that shows all answers. */
export async function sendForm(site, checkPage) {
  const { action, hidden } = formOf(checkPage, ({ id }) => id === "step");
  return post(`${site}${action}`, hidden);
}

/** The links in all mails to `email`. */
export async function mailedLinks(mailUrl, email) {
  const messages = await (await fetch(`${mailUrl}/api/messages`)).json();
  return messages
    .filter(({ to }) => JSON.stringify(to).includes(email))
    .flatMap(({ text }) => text.match(/https?:\/\/\S+\/links\/[A-Za-z0-9_-]{43}/g) ?? []);
}

/** Waits for a link to `email` that is not among `known`. */
export async function newLink(mailUrl, email, known) {
  for (const end = Date.now() + 30_000; Date.now() < end; ) {
    const link = (await mailedLinks(mailUrl, email)).find((one) => !known.includes(one));
    if (link) return link;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("no link was mailed");
}

/** Opens a mailed link and presses its button; returns {location, cookie} of the session. */
export async function useLink(site, link) {
  const path = new URL(link).pathname;
  const page = await pageOf(await fetch(`${site}${path}`), "GET /links/...");
  const { action, hidden } = formOf(page, (form) => form.action.startsWith("/links"));
  const opened = await post(`${site}${action}`, hidden);
  if (opened.status !== 303) throw new Error(`POST /links: ${opened.status}`);
  const cookie = opened.headers.get("set-cookie").split(";")[0];
  return { location: opened.headers.get("location"), cookie };
}

/** Registers a venue by the web form and the mailed link. Returns {code, url, png (base64), path,
 *  cookie}; `url` is in the QR, `path` is the venue's own page. */
export async function registerByForm({ GATEWAY_URL: site, MAIL_URL: mail }, venue) {
  const known = await mailedLinks(mail, venue.email);
  const sent = await sendForm(site, await fillInForm(site, venue));
  if (sent.status !== 303) throw new Error(`POST /register: ${sent.status}`);
  const { location, cookie } = await useLink(site, await newLink(mail, venue.email, known));

  const get = (target) => fetch(new URL(target, site), { headers: { cookie } });
  const page = await pageOf(await get(location), "the page of the venue");
  const source = unescape(page.match(/href="([^"]*qr\.png[^"]*)"/)[1]);
  const png = Buffer.from(await (await get(source)).arrayBuffer());
  const code = unescape(page.match(/<dd class="answer-value code">([^<]+)<\/dd>/)[1]);
  return { code, url: readQr(png), png: png.toString("base64"), path: new URL(location, site).pathname, cookie };
}

/** The text inside the QR code of a PNG. */
export function readQr(png) {
  const image = PNG.sync.read(png);
  const found = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
  if (!found) throw new Error("the picture holds no QR code that can be read");
  return found.data;
}
