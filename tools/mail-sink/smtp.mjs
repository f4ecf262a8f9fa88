// The SMTP side: takes every message from everyone, unless a fault says otherwise.
import { setTimeout as sleep } from 'node:timers/promises';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const LARGEST_MESSAGE = 25 * 1024 * 1024;

/** An SMTP server, not yet listening, that puts what it takes into the mailbox. */
export function smtpServer(mailbox) {
  return new SMTPServer({
    banner: 'mail sink',
    authOptional: true,
    // No TLS: it listens on loopback alone.
    disabledCommands: ['STARTTLS'],
    // Any user name and password: a client that logs in is content.
    onAuth: (auth, session, done) => done(null, { user: auth.username }),
    allowInsecureAuth: true,
    size: LARGEST_MESSAGE,
    logger: false,
    onData(stream, session, done) {
      receive(stream, session.envelope, mailbox).then(
        (id) => done(null, `kept as ${id}`),
        (problem) => done(problem),
      );
    },
  });
}

async function receive(stream, envelope, mailbox) {
  const raw = await readAll(stream);
  if (stream.sizeExceeded) throw refusal(552, 'message too large');
  const fault = mailbox.takeFault();
  if (fault?.kind === 'delay') await sleep(fault.ms);
  if (fault?.kind === 'reject') throw refusal(550, 'rejected by a fault');
  if (fault?.kind === 'defer') throw refusal(451, 'deferred by a fault, try again');
  return mailbox.add(await describe(raw, envelope)).id;
}

async function readAll(stream) {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

function refusal(code, text) {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The message as the HTTP side shows it. `to` are the recipients of the envelope, Bcc included. */
async function describe(raw, envelope) {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  return {
    time: new Date().toISOString(),
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map((recipient) => recipient.address.toLowerCase()),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, value(line)])),
    attachments: mail.attachments.map((part) => ({
      filename: part.filename ?? '',
      contentType: part.contentType,
      size: part.size,
      base64: part.content.toString('base64'),
    })),
  };
}

/** A header line's value, unfolded, as it was sent. */
function value(line) {
  return line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=\s)/g, '').trim();
}
