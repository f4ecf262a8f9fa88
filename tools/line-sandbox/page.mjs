// Serves the phone page: a handful of files, read once, nothing from anywhere else.

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('page', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

// blob: and data: are the pictures a visitor chooses; forms and frames have no use here.
const HEADERS = {
  'content-security-policy':
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

// Returns serve(path, response) -> whether the path was one of the page's.
export function loadPage() {
  const files = new Map(
    readdirSync(FOLDER).map((name) => [
      name === 'index.html' ? '/' : `/_page/${name}`,
      { type: TYPES[extname(name)], bytes: readFileSync(join(FOLDER, name)) },
    ]),
  );
  return (path, response) => {
    const file = files.get(path);
    if (!file) return false;
    response.writeHead(200, { 'content-type': file.type, 'content-length': file.bytes.length, ...HEADERS });
    response.end(file.bytes);
    return true;
  };
}
