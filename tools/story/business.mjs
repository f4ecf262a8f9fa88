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

/** The form of a page that posts to `action`: its hidden fields. */
function hiddenFields(html, action) {
  const form = [...html.matchAll(/<form[^>]*>[\s\S]*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => attributes(text.match(/<form[^>]*>/)[0]).action === action);
  if (!form) throw new Error(`no form to ${action} on the page`);
  const fields = {};
  for (const [tag] of form.matchAll(/<input[^>]*>/g)) {
    const input = attributes(tag);
    if (input.type === "hidden") fields[input.name] = unescape(input.value);
  }
  return fields;
}

async function post(url, fields) {
  return fetch(url, {
    method: "POST",
    redirect: "manual",
    headers: { origin: new URL(url).origin },
    body: new URLSearchParams(fields),
  });
}

/** Registers a venue by the web form and returns {code, url, png (base64)}; `url` is in the QR. */
export async function registerByForm(site, venue) {
  const form = await fetch(`${site}/register`);
  if (form.status !== 200) throw new Error(`GET /register: ${form.status}`);

  const check = await post(`${site}/register/check`, venue);
  const checkPage = await check.text();
  if (check.status !== 200) throw new Error(`POST /register/check: ${check.status}`);

  const done = await post(`${site}/register`, hiddenFields(checkPage, "/register"));
  if (done.status !== 303) throw new Error(`POST /register: ${done.status}`);
  const donePage = await (await fetch(new URL(done.headers.get("location"), site))).text();

  const source = unescape(donePage.match(/href="([^"]*qr\.png[^"]*)"/)[1]);
  const png = Buffer.from(await (await fetch(new URL(source, site))).arrayBuffer());
  const code = donePage.match(/<dd class="answer-value code">([^<]+)<\/dd>/)[1];
  return { code: unescape(code), url: readQr(png), png: png.toString("base64") };
}

/** The text inside the QR code of a PNG. */
export function readQr(png) {
  const image = PNG.sync.read(png);
  const found = jsQR(new Uint8ClampedArray(image.data), image.width, image.height);
  if (!found) throw new Error("the picture holds no QR code that can be read");
  return found.data;
}
