// The control API, as the page uses it.

// Throws an Error with the sandbox's reason; `content` is what a refused QR code held.
async function call(method, path, body) {
  const response = await fetch(`/_sandbox${path}`, { method, body: body && JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw Object.assign(new Error(answer.error), { content: answer.content });
  return answer;
}

const of = (userId, action) => `/users/${userId}/${action}`;

export const status = () => call('GET', '/status');
export const recentUsers = (search, n) =>
  call('GET', `/users?recent=${n}&search=${encodeURIComponent(search)}`);
export const user = (userId) => call('GET', `/users/${userId}`);
export const addUser = (name) => call('POST', '/users', name ? { name } : {});
export const chat = (userId) => call('GET', of(userId, 'chat'));
export const follow = (userId) => call('POST', of(userId, 'follow'));
export const block = (userId) => call('POST', of(userId, 'block'));
export const unblock = (userId) => call('POST', of(userId, 'unblock'));
export const say = (userId, text) => call('POST', of(userId, 'text'), { text });
export const press = (userId, postback) => call('POST', of(userId, 'postback'), postback);
export const decode = (code) => call('POST', '/decode', code);
export const requests = () => call('GET', '/requests');
export const problems = () => call('GET', '/problems');

// Calls onChange({userIds, requests}) for every change, and onChange() after a lost connection.
export function watch(onChange) {
  const source = new EventSource('/_sandbox/live');
  let broken = false;
  source.onerror = () => (broken = true);
  source.onopen = () => {
    if (broken) onChange();
    broken = false;
  };
  source.onmessage = ({ data }) => onChange(JSON.parse(data));
}
