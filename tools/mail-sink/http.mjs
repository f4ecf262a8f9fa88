// The HTTP side: the received mail as JSON for tests, as a page for people.
import { createServer } from 'node:http';

import { inboxPage, messagePage } from './pages.mjs';

const FAULT_KINDS = ['reject', 'defer', 'delay', 'drop', 'drop-after-accept'];
const FAULT_STAGES = ['connect', 'auth', 'mail', 'rcpt', 'data'];

/** An HTTP server, not yet listening, that shows the mailbox. */
export function httpServer(mailbox) {
  return createServer((request, response) => {
    answer(mailbox, request).then(
      (result) => send(response, result),
      (problem) => send(response, json(500, { error: problem.message })),
    );
  });
}

function send(response, { status, type, body, headers = {} }) {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

function json(status, value) {
  return { status, type: 'application/json', body: JSON.stringify(value) };
}

function html(status, body) {
  return {
    status,
    type: 'text/html; charset=utf-8',
    body,
    // A mail's own HTML is shown in a frame without scripts; nothing is loaded from elsewhere.
    headers: {
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
    },
  };
}

async function answer(mailbox, request) {
  const url = new URL(request.url, 'http://localhost');
  const [, id, rest] = url.pathname.match(/^\/(?:api\/)?messages\/(\d+)(\/.*)?$/) ?? [];
  const message = id && mailbox.get(id);
  const route = `${request.method} ${url.pathname.replace(/\/\d+/g, '/ID')}`;
  if (id && !message) return json(404, { error: 'no such message' });
  switch (route) {
    case 'GET /':
      return html(200, inboxPage(mailbox.list()));
    case 'GET /messages/ID':
      return html(200, messagePage(message));
    case 'GET /messages/ID/html':
      return html(200, message.html);
    case 'GET /messages/ID/attachments/ID':
      return attachment(message.attachments[Number(rest.split('/').pop())]);
    case 'GET /api/messages':
      return json(200, mailbox.list(url.searchParams.get('to') ?? '').map(withoutRaw));
    case 'GET /api/messages/ID':
      return json(200, withoutRaw(message));
    case 'GET /api/messages/ID/raw':
      return { status: 200, type: 'text/plain', body: Buffer.from(message.raw, 'base64') };
    case 'DELETE /api/messages':
      mailbox.clear();
      return json(200, {});
    case 'POST /api/faults':
      return addFault(mailbox, await readJson(request));
    case 'DELETE /api/faults':
      mailbox.clearFaults();
      return json(200, {});
    default:
      return json(404, { error: `no ${route}` });
  }
}

function withoutRaw({ raw, ...message }) {
  return message;
}

function attachment(part) {
  if (!part) return json(404, { error: 'no such attachment' });
  return {
    status: 200,
    type: 'application/octet-stream',
    body: Buffer.from(part.base64, 'base64'),
    headers: {
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(part.filename)}`,
    },
  };
}

function addFault(mailbox, fault) {
  if (!isFault(fault)) {
    const [kind, at] = [FAULT_KINDS, FAULT_STAGES].map((words) => words.join(' | '));
    return json(400, { error: `expected {kind: ${kind}, at: ${at}, times, ms, code, to}` });
  }
  mailbox.addFault(fault);
  return json(200, {});
}

function isFault(fault) {
  const count = (value) => value === undefined || (Number.isInteger(value) && value >= 0);
  const code = (value) => value === undefined || (count(value) && value >= 400 && value < 600);
  return (
    FAULT_KINDS.includes(fault?.kind) &&
    FAULT_STAGES.includes(fault.at ?? 'data') &&
    (fault.kind !== 'drop-after-accept' || (fault.at ?? 'data') === 'data') &&
    count(fault.times) &&
    count(fault.ms) &&
    code(fault.code) &&
    ['undefined', 'string'].includes(typeof fault.to)
  );
}

async function readJson(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  try {
    return JSON.parse(Buffer.concat(parts).toString());
  } catch {
    return undefined;
  }
}
