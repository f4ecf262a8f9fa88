// The page: several visitors' phones, one shown at a time. All state is the sandbox's; this draws it
// and sends what the player does.

import { actionsFor } from './actions.mjs';
import { drawChat, drawGate, forgetChat } from './chat.mjs';
import { byId, toast } from './dom.mjs';
import { addRequests, drawAllRequests } from './requests.mjs';
import * as sandbox from './sandbox_client.mjs';
import { startScanner } from './scanner.mjs';
import { drawVisitors, markSeen } from './visitors.mjs';

const SHOWN_VISITORS = 100;

// The visitor whose phone is shown, and what the sandbox last said about them.
let current;
let person;

const attempt = async (doing) => {
  try {
    return await doing;
  } catch (error) {
    toast(`できませんでした：${error.message}`);
    return undefined;
  }
};

const act = actionsFor({ visitor: () => current, type: typeIn });

async function refresh() {
  const [listed, { users }] = await Promise.all([
    sandbox.recentUsers(byId('search').value, SHOWN_VISITORS),
    sandbox.status(),
  ]);
  current ??= listed[0]?.userId;
  const entries = current === undefined ? [] : await sandbox.chat(current);
  person = current && (await sandbox.user(current));
  if (person) markSeen(person);
  drawVisitors(listed, { current, total: users, choose });
  byId('whose').textContent = person ? `${person.name} さんの画面` : '';
  drawChat(entries, act);
  drawGate(person, {
    add: () => attempt(sandbox.follow(current)),
    unblock: () => attempt(sandbox.unblock(current)),
  });
}

// One refresh at a time, and one more if something happened meanwhile.
let refreshing = false;
let again = false;
async function refreshSoon() {
  if (refreshing) {
    again = true;
    return;
  }
  refreshing = true;
  do {
    again = false;
    await attempt(refresh());
  } while (again);
  refreshing = false;
}

function choose(userId) {
  current = userId;
  forgetChat();
  byId('text').value = '';
  refreshSoon();
}

// Text that a scan or a button puts into the composer, to be sent by the visitor.
async function typeIn(text) {
  if (current === undefined) {
    const [added] = await sandbox.addUser('');
    current = added.userId;
    await refreshSoon();
  }
  const field = byId('text');
  field.value = text;
  grow(field);
  field.focus();
}

async function send(event) {
  event.preventDefault();
  const field = byId('text');
  const text = field.value;
  if (text.trim() === '' || current === undefined) return;
  // LINE adds the account when a chat is opened from a QR code.
  if (person.follow === 'none') await attempt(sandbox.follow(current));
  const sent = await attempt(sandbox.say(current, text));
  if (!sent) return;
  field.value = '';
  grow(field);
  if (sent.status !== 200) toast(`Webhookの応答：${sent.status ?? sent.reason}`);
}

function grow(field) {
  field.style.height = 'auto';
  field.style.height = `${Math.min(field.scrollHeight + 2, 132)}px`;
}

async function addVisitor(event) {
  event.preventDefault();
  const added = await attempt(sandbox.addUser(byId('new-name').value.trim()));
  byId('new-name').value = '';
  if (added) choose(added[0].userId);
}

byId('composer').addEventListener('submit', send);
byId('text').addEventListener('input', ({ target }) => grow(target));
byId('text').addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
});
byId('new-visitor').addEventListener('submit', addVisitor);
byId('search').addEventListener('input', refreshSoon);
byId('block').addEventListener('click', () => attempt(sandbox.block(current)));
startScanner(typeIn);

const { basicId } = await sandbox.status();
byId('account').textContent = basicId;
sandbox.watch((change) => {
  refreshSoon();
  attempt(change ? addRequests(change.requests) : drawAllRequests());
});
await Promise.all([refreshSoon(), attempt(drawAllRequests())]);
