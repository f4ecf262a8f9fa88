// The phone's screen for one visitor: the talk, the quick replies, and what stands in the way of it
// (no friend yet, blocked).

import { byId, h } from './dom.mjs';
import { drawMessage, drawText } from './messages.mjs';

const VIA = { reply: '応答', push: 'プッシュ', multicast: '一斉送信' };
const clock = new Intl.DateTimeFormat('ja-JP', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Tokyo',
});
const calendar = new Intl.DateTimeFormat('ja-JP', {
  month: 'long',
  day: 'numeric',
  weekday: 'short',
  timeZone: 'Asia/Tokyo',
});

// Draws the talk anew, unless nothing changed; stays where the reader is unless that is the end.
export function drawChat(entries, act) {
  drawQuickReplies(entries, act);
  const log = byId('log');
  const key = entries.map(({ id }) => id).join(' ');
  if (log.dataset.drawn === key && key !== '') return;
  log.dataset.drawn = key;
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  const drawn = [];
  let day;
  for (const entry of entries) {
    const today = calendar.format(entry.time);
    if (today !== day) drawn.push(h('p', { class: 'day' }, h('span', {}, today)));
    day = today;
    drawn.push(entry.from === 'bot' ? drawFromBot(entry, act) : drawFromUser(entry));
  }
  log.replaceChildren(...drawn);
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// Opens another visitor's talk at its end.
export function forgetChat() {
  delete byId('log').dataset.drawn;
  byId('log').replaceChildren();
}

const stamp = (entry) =>
  h(
    'span',
    { class: 'stamp' },
    VIA[entry.via] && h('span', { class: `via via-${entry.via}` }, VIA[entry.via]),
    h('time', { datetime: new Date(entry.time).toISOString() }, clock.format(entry.time)),
  );

function drawFromBot(entry, act) {
  const [first] = entry.messages;
  return h(
    'article',
    { class: 'entry from-bot' },
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, 'お'),
    h(
      'div',
      { class: 'said' },
      first.sender?.name && h('span', { class: 'sender' }, first.sender.name),
      entry.messages.map((message) => drawMessage(message, act)),
      stamp(entry),
    ),
  );
}

function drawFromUser(entry) {
  const shown =
    entry.text === undefined
      ? h('div', { class: 'bubble note' }, 'ボタンを押しました')
      : drawText(entry.text);
  return h('article', { class: 'entry from-user' }, h('div', { class: 'said' }, shown, stamp(entry)));
}

// They belong to the newest message alone and go when anything follows it.
function drawQuickReplies(entries, act) {
  const bar = byId('quick-replies');
  const items = entries.at(-1)?.messages?.at(-1).quickReply?.items ?? [];
  bar.hidden = items.length === 0;
  bar.replaceChildren(
    ...items.map(({ action }) => h('button', { type: 'button', onclick: () => act(action) }, action.label)),
  );
}

// What the visitor must do before anything can be written.
export function drawGate(person, { add, unblock }) {
  const gate = byId('gate');
  const composer = byId('composer');
  const blocked = person?.follow === 'blocked';
  gate.hidden = !(person === undefined || person.follow === 'none' || blocked);
  composer.hidden = person === undefined || blocked;
  if (composer.hidden) byId('quick-replies').hidden = true;
  byId('block').hidden = person?.follow !== 'friend';
  if (person === undefined) gate.replaceChildren(h('p', {}, '来店者を追加すると、トークが始まります。'));
  else if (blocked)
    gate.replaceChildren(
      h('p', {}, 'このアカウントをブロックしています。'),
      h('button', { type: 'button', onclick: unblock }, 'ブロックを解除'),
    );
  else
    gate.replaceChildren(
      h('p', {}, 'まだ友だちではありません。'),
      h('button', { type: 'button', class: 'primary', onclick: add }, '友だち追加'),
    );
}
