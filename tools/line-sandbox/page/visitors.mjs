// The list of visitors: who there is, who is shown, who has something unread.

import { byId, h } from './dom.mjs';

const FOLLOW = { none: '未追加', friend: '友だち', blocked: 'ブロック中' };

// How many messages of each visitor were seen, for the unread mark.
const seen = new Map();

export function markSeen({ userId, messages }) {
  seen.set(userId, messages);
}

export function drawVisitors(people, { current, total, choose }) {
  byId('visitor-count').textContent = `${total}人`;
  byId('search').hidden = total <= 8 && byId('search').value === '';
  byId('visitor-list').replaceChildren(
    ...people.map((person) => drawVisitor(person, person.userId === current, choose)),
  );
}

function drawVisitor(person, isCurrent, choose) {
  const unread = isCurrent ? 0 : person.messages - (seen.get(person.userId) ?? 0);
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: 'visitor',
        'aria-current': isCurrent ? 'true' : undefined,
        onclick: () => choose(person.userId),
      },
      h(
        'span',
        { class: 'initial', 'aria-hidden': 'true', style: { background: colorOf(person.userId) } },
        person.name.slice(0, 1),
      ),
      h('span', { class: 'name' }, person.name),
      h('span', { class: `follow follow-${person.follow}` }, FOLLOW[person.follow]),
      h('span', { class: 'last' }, person.last?.text ?? 'まだトークはありません'),
      unread > 0 && h('span', { class: 'unread' }, String(unread), h('span', { class: 'sr' }, '件の未読')),
    ),
  );
}

// A calm colour of each visitor's own, dark enough for white letters.
const colorOf = (userId) => `hsl(${Number.parseInt(userId.slice(1, 5), 16) % 360} 38% 36%)`;
