// Acting as LINE's users: adding the account, scanning, writing, pressing buttons, blocking. What a
// user does is recorded, then delivered to the webhook; the answer tells how that went.

import { makeIdToken } from '../api/id_tokens.mjs';
import { newUserId, USER_ID } from '../ids.mjs';
import * as events from '../webhooks/events.mjs';
import { ControlError } from './control_error.mjs';
import { sampleName } from './names.mjs';
import { parseChatAddress, qrContent } from './scan.mjs';

const MOST_NEW_USERS = 100_000;

export function create({ platform, body }) {
  const { name, count = 1, friend = false } = body;
  if (!Number.isInteger(count) || count < 1 || count > MOST_NEW_USERS) {
    throw new ControlError(400, `count must be a whole number from 1 to ${MOST_NEW_USERS}`);
  }
  const people = Array.from({ length: count }, (_, i) => ({
    userId: newUserId(),
    name: nameOf(name, count, i, platform.people.size + i),
    follow: friend ? 'friend' : 'none',
  }));
  platform.commit({ kind: 'people', people });
  return people;
}

function nameOf(name, count, i, n) {
  if (name === undefined) return sampleName(n);
  return count === 1 ? String(name) : `${name} ${i + 1}`;
}

// All users in the order they were made; with ?recent=N the N who last said or got something, of
// those whose name holds ?search=.
export function list({ platform, query }) {
  if (!query.has('recent')) return platform.people.all().map(summary);
  const search = query.get('search') ?? '';
  return platform.people
    .all()
    .filter(({ name }) => name.includes(search))
    .sort((a, b) => lastTime(b) - lastTime(a))
    .slice(0, Number(query.get('recent')))
    .map(summary);
}

const lastTime = ({ chat }) => chat.at(-1)?.time ?? 0;

function summary({ userId, name, follow, chat }) {
  const last = chat.at(-1);
  return {
    userId,
    name,
    follow,
    messages: chat.length,
    last: last && { from: last.from, time: last.time, text: preview(last) },
  };
}

// What a list of chats shows of a message.
const preview = ({ text, messages }) => text ?? messages?.at(-1).text ?? messages?.at(-1).altText ?? '';

export const show = (ask) => summary(personOf(ask));
export const chat = (ask) => personOf(ask).chat;

export function follow(ask) {
  const person = personOf(ask);
  return act(ask, [events.follow(person.userId, timeOf(ask), person.follow === 'blocked')]);
}

export const unblock = (ask) => act(ask, [events.follow(personOf(ask).userId, timeOf(ask), true)]);
export const block = (ask) => act(ask, [events.unfollow(personOf(ask).userId, timeOf(ask))]);

export function text(ask) {
  return act(ask, [messageEvent(ask, writer(ask), textOf(ask.body.text))]);
}

// Reads the QR code, adds the account if it is no friend yet, and sends the text the code holds, as a
// person does who points the phone at it and presses "send".
export async function scan(ask) {
  const person = writer(ask);
  const chatText = chatTextFor(ask);
  const done = [];
  if (person.follow !== 'friend')
    done.push(await act(ask, [events.follow(person.userId, timeOf(ask), false)]));
  done.push(await act(ask, [messageEvent(ask, person, chatText)]));
  return {
    ...done.at(-1),
    webhookEventIds: done.flatMap(({ webhookEventIds }) => webhookEventIds),
    attempts: done.reduce((sum, { attempts }) => sum + attempts, 0),
  };
}

// What a scan would type into the chat, without sending it.
export const decode = (ask) => ({ text: chatTextFor(ask) });

function chatTextFor({ body, config }) {
  const content = qrContent(body);
  const address = parseChatAddress(content);
  if (!address) {
    throw new ControlError(422, 'this opens no LINE chat; a phone would open it in the browser', { content });
  }
  if (address.basicId !== config.basicId) {
    throw new ControlError(422, `this opens the chat of another account, ${address.basicId}`, { content });
  }
  if (address.text === '') throw new ControlError(422, 'this opens the chat without any text', { content });
  return address.text;
}

export function postback(ask) {
  const { data, params, displayText } = ask.body;
  if (typeof data !== 'string') throw new ControlError(400, 'data must be a string');
  return act(ask, [events.postback(writer(ask).userId, timeOf(ask), { data, params })], displayText);
}

// Events exactly as given, for cases that no user can bring about. Users they name are made known.
export function rawEvents(ask) {
  const { events: given } = ask.body;
  if (!Array.isArray(given)) throw new ControlError(400, 'events must be an array');
  const strangers = [...new Set(given.map((event) => event?.source?.userId))].filter(
    (userId) => USER_ID.test(userId ?? '') && !ask.platform.people.get(userId),
  );
  if (strangers.length > 0) {
    const people = strangers.map((userId, i) => ({
      userId,
      name: sampleName(ask.platform.people.size + i),
      follow: 'none',
    }));
    ask.platform.commit({ kind: 'people', people });
  }
  return given.length === 0 ? ask.courier.callOnce([]) : act(ask, given);
}

export function idToken(ask) {
  const now = ask.clock.now();
  return { idToken: makeIdToken({ config: ask.config, now }, personOf(ask), ask.body.claims) };
}

// Records the events and delivers them. With `wait: false` the delivery goes on behind the answer.
async function act({ platform, courier, clock, body }, happened, shown) {
  for (const event of happened) platform.commit({ kind: 'event', time: clock.now(), event, shown });
  const webhookEventIds = happened.map((event) => event?.webhookEventId);
  const delivered = courier.deliver(happened, body.delivery);
  if (body.delivery?.wait === false) return { webhookEventIds, status: null, attempts: 0 };
  return { webhookEventIds, ...(await delivered) };
}

function messageEvent(ask, { userId }, messageText) {
  return events.textMessage(userId, timeOf(ask), { id: ask.nextMessageId(), text: messageText });
}

function personOf({ platform, params: [userId] }) {
  const person = platform.people.get(userId);
  if (!person) throw new ControlError(404, 'no such user');
  return person;
}

// Who blocked the account cannot write to it.
function writer(ask) {
  const person = personOf(ask);
  if (person.follow === 'blocked') throw new ControlError(409, 'this user has blocked the account');
  return person;
}

function timeOf({ clock, body: { timestamp } }) {
  if (timestamp !== undefined && !Number.isInteger(timestamp)) {
    throw new ControlError(400, 'timestamp must be a whole number of milliseconds');
  }
  return { now: clock.now(), timestamp };
}

function textOf(value) {
  if (typeof value !== 'string' || value === '')
    throw new ControlError(400, 'text must be a string that is not empty');
  return value;
}
