// The list of API requests LINE got, newest first, with what was wrong about them.

import { byId, h } from './dom.mjs';
import * as sandbox from './sandbox_client.mjs';

const SHOWN = 30;
const clock = new Intl.DateTimeFormat('ja-JP', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Asia/Tokyo',
});

export async function drawAllRequests() {
  byId('requests').replaceChildren();
  await addRequests((await sandbox.requests()).slice(-SHOWN));
}

export async function addRequests(requests) {
  const list = byId('requests');
  for (const request of requests) list.prepend(drawRequest(request));
  while (list.children.length > SHOWN) list.lastChild.remove();
  await drawProblemCount();
}

async function drawProblemCount() {
  const { length } = await sandbox.problems();
  const element = byId('problems');
  element.textContent =
    length === 0 ? 'LINEの仕様に反するリクエストはありません。' : `LINEの仕様に反するリクエスト：${length}件`;
  element.classList.toggle('some', length > 0);
}

const withoutIds = (path) => path.replace(/U[0-9a-f]{32}/, '…');

function drawRequest({ time, method, path, status, problems, fault }) {
  const good = status !== null && status < 400;
  return h(
    'li',
    {},
    h('span', { class: `status ${good ? 'good' : 'bad'}` }, String(status ?? '—')),
    h('span', { class: 'path' }, `${method} ${withoutIds(path)}`),
    h('time', {}, clock.format(time)),
    fault && h('span', { class: 'fault' }, `故障を再現：${fault}`),
    problems.map(({ property, message }) => h('span', { class: 'fault' }, `${property} ${message}`)),
  );
}
