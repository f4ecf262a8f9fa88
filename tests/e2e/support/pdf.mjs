// What can be read off a PDF, with poppler and zbar: programs that share nothing with the one that
// made it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

async function withFile(bytes, work) {
  const dir = await mkdtemp(path.join(os.tmpdir(), "oshirase-pdf-"));
  try {
    const file = path.join(dir, "sheet.pdf");
    await writeFile(file, bytes);
    return await work(file, dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** Its words, without the spaces and line ends that setting them in lines adds. */
export function textOfPdf(bytes) {
  return withFile(bytes, async (file) => (await run("pdftotext", ["-raw", file, "-"])).stdout.replace(/\s+/g, ""));
}

/** The words of its first page with their places: {text, left, top, right, bottom} in points. */
export function wordsOfPdf(bytes) {
  return withFile(bytes, async (file) => {
    const { stdout } = await run("pdftotext", ["-bbox", "-l", "1", file, "-"]);
    const words = stdout.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)<\/word>/g);
    return [...words].map(([, left, top, right, bottom, text]) => (
      { text, left: Number(left), top: Number(top), right: Number(right), bottom: Number(bottom) }));
  });
}

/** Asserts that every font in it is embedded, so that it looks the same wherever it is printed. */
export function assertFontsEmbedded(bytes, what) {
  return withFile(bytes, async (file) => {
    const fonts = (await run("pdffonts", [file])).stdout.trim().split("\n").slice(2);
    assert.ok(fonts.length > 0, `${what} has no fonts`);
    for (const font of fonts) assert.match(font, / yes (yes|no) +(yes|no) +\d+ +\d+$/, `${what}: ${font}`);
  });
}

/** The texts of the QR codes on its first page as it is printed at `resolution`, each once. */
export function qrsOfPdf(bytes, resolution) {
  return withFile(bytes, async (file, dir) => {
    const page = path.join(dir, "page");
    await run("pdftoppm", ["-r", String(resolution), "-png", "-f", "1", "-l", "1", file, page]);
    const [picture] = (await readdir(dir)).filter((name) => name.endsWith(".png"));
    return qrsOfPicture(path.join(dir, picture));
  });
}

/** The texts of the QR codes in a picture file, each once. */
export async function qrsOfPicture(file) {
  const { stdout } = await run("zbarimg", ["--quiet", "--raw", file]);
  return [...new Set(stdout.trim().split("\n"))].sort();
}
