// A mail server that delivers to nobody: it takes every message by SMTP and shows it by HTTP, so
// that tests and people can read what the suite mails. Nothing leaves this machine.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { httpServer } from './http.mjs';
import { smtpServer } from './smtp.mjs';
import { Mailbox } from './mailbox.mjs';

const USAGE = `usage: node tools/mail-sink/main.mjs --data DIR [--smtp-port N] [--http-port N]
                                           [--tls-key FILE --tls-cert FILE [--smtps]]

Takes mail by SMTP and shows it by HTTP, both on 127.0.0.1. Port 0, the default, is a free one; the
ports are printed as one JSON line. Mail is kept in DIR and survives a restart. With a key and a
certificate STARTTLS is offered; with --smtps TLS is spoken from the first byte.

  GET    /                      a page to read the mail
  GET    /api/messages          all messages, oldest first; ?to=ADDRESS only those to one address
  GET    /api/messages/ID       one message
  DELETE /api/messages          forgets all
  GET    /api/messages/ID/raw   as it came
  POST   /api/faults            what happens to the next messages, as JSON:
           kind   reject | defer | delay | drop | drop-after-accept
           at     connect | auth | mail | rcpt | data (default)
           times  how often (1)     ms    how long a delay takes
           code   instead of 550 or 451     to   only messages to this address
  DELETE /api/faults            behaves again
`;

function readArguments() {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      'smtp-port': { type: 'string', default: '0' },
      'http-port': { type: 'string', default: '0' },
      'tls-key': { type: 'string' },
      'tls-cert': { type: 'string' },
      smtps: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  if (!values.data) throw new Error('--data is required');
  for (const name of ['smtp-port', 'http-port']) {
    if (!/^\d{1,5}$/.test(values[name])) throw new Error(`--${name} is a port`);
  }
  if (!values['tls-key'] !== !values['tls-cert'] || (values.smtps && !values['tls-key'])) {
    throw new Error('--tls-key and --tls-cert go together, and --smtps needs them');
  }
  return values;
}

function readTls(values) {
  if (!values['tls-key']) return undefined;
  return {
    key: readFileSync(values['tls-key']),
    cert: readFileSync(values['tls-cert']),
    implicit: values.smtps,
  };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
}

let options;
try {
  options = readArguments();
} catch (problem) {
  process.stderr.write(`mail-sink: ${problem.message}\n${USAGE}`);
  process.exit(2);
}
const mailbox = new Mailbox(options.data);
const smtp = smtpServer(mailbox, readTls(options));
const http = httpServer(mailbox);
try {
  await listen(smtp, Number(options['smtp-port']));
  await listen(http, Number(options['http-port']));
} catch (problem) {
  process.stderr.write(`mail-sink: ${problem.message}\n`);
  process.exit(1);
}
const [smtpPort, httpPort] = [smtp.server, http].map((server) => server.address().port);
console.log(JSON.stringify({ msg: 'listening', smtp: smtpPort, http: httpPort }));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.exit(0));
}
