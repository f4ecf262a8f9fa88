// Small helpers of the HTTP server.

export class TooLarge extends Error {}
export class Aborted extends Error {}

// After this much beyond its limit a body is not even read to its end.
const MOST_DRAINED_BYTES = 64 * 1024 * 1024;

// The whole body. Throws TooLarge (the rest is read and dropped, so that the sender gets to read the
// answer) or Aborted.
export async function readBody(request, mostBytes) {
  const chunks = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      bytes += chunk.length;
      if (bytes > MOST_DRAINED_BYTES) break;
      if (bytes <= mostBytes) chunks.push(chunk);
    }
  } catch (cause) {
    throw new Aborted('the sender closed the connection', { cause });
  }
  if (bytes > mostBytes) throw new TooLarge(`the body is larger than ${mostBytes} bytes`);
  return Buffer.concat(chunks);
}

export function sendJson(response, status, value) {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
