// The SMTP side: takes every message from everyone, unless a fault says otherwise.
import { setTimeout as sleep } from 'node:timers/promises';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const LARGEST_MESSAGE = 25 * 1024 * 1024;

/**
 * An SMTP server, not yet listening, that puts what it takes into the mailbox. `tls` is {key, cert}
 * in PEM, and then STARTTLS is offered, or with `implicit` TLS spoken from the first byte.
 */
export function smtpServer(mailbox, tls) {
  const stage = (at, recipientOf, answer) => (...request) => {
    const done = request.pop();
    const session = request.at(-1);
    misbehave(server, mailbox, { at, session, recipient: recipientOf(request) }).then(
      () => answer(done, ...request),
      done,
    );
  };
  const nobody = () => undefined;
  const server = new SMTPServer({
    banner: 'mail sink',
    authOptional: true,
    disabledCommands: tls && !tls.implicit ? [] : ['STARTTLS'],
    ...(tls && { key: tls.key, cert: tls.cert, secure: tls.implicit }),
    // Any user name and password: a client that logs in is content. Without TLS too, since only
    // this machine can reach it.
    onAuth: stage('auth', nobody, (done, auth) => done(null, { user: auth.username })),
    allowInsecureAuth: true,
    size: LARGEST_MESSAGE,
    // Quoted local parts are valid, and Japanese phone carriers' addresses need them.
    lenientAddressParsing: true,
    logger: false,
    onConnect: stage('connect', nobody, (done) => done()),
    onMailFrom: stage('mail', nobody, (done) => done()),
    onRcptTo: stage('rcpt', ([{ address }]) => address, (done) => done()),
    onData(stream, session, done) {
      receive(server, stream, session, mailbox).then((id) => done(null, `kept as ${id}`), done);
    },
  });
  // A client that breaks off, or whose connection a fault cut, is its own business.
  server.on('error', () => {});
  return server;
}

async function receive(server, stream, session, mailbox) {
  const raw = await readAll(stream);
  if (stream.sizeExceeded) throw refusal(552, 'message too large');
  const recipient = session.envelope.rcptTo[0].address;
  const fault = await misbehave(server, mailbox, { at: 'data', session, recipient });
  const { id } = mailbox.add(await describe(raw, session));
  if (fault?.kind === 'drop-after-accept') await drop(server, session);
  return id;
}

/** Does what the next fault for this stage and recipient asks for, and returns that fault. */
async function misbehave(server, mailbox, { at, session, recipient }) {
  const fault = mailbox.takeFault(at, recipient);
  if (fault?.kind === 'delay') await sleep(fault.ms);
  if (fault?.kind === 'reject') throw refusal(fault.code ?? 550, 'rejected by a fault');
  if (fault?.kind === 'defer') throw refusal(fault.code ?? 451, 'deferred by a fault, try again');
  if (fault?.kind === 'drop') await drop(server, session);
  return fault;
}

/** Resets the session's connection; its sender hears nothing more. Never returns. */
function drop(server, session) {
  for (const connection of server.connections) {
    if (connection.session === session) connection._socket.destroy();
  }
  return new Promise(() => {});
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
async function describe(raw, session) {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true });
  const { envelope } = session;
  return {
    time: new Date().toISOString(),
    from: envelope.mailFrom ? envelope.mailFrom.address : '',
    to: envelope.rcptTo.map((recipient) => recipient.address.toLowerCase()),
    user: session.user ?? '',
    tls: Boolean(session.secure),
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
    raw: raw.toString('base64'),
  };
}

/** A header line's value, unfolded, as it was sent. */
function value(line) {
  return line.slice(line.indexOf(':') + 1).replace(/\r?\n(?=\s)/g, '').trim();
}
