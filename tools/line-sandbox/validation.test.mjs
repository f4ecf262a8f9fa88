// What the sandbox refuses: everything LINE would. Each case is a message LINE takes with one thing
// wrong about it, and the property that must be named.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from './validation/validator.mjs';
import { sandboxFor } from './testing/harness.mjs';
import { bubble, column, flex, inBody, postbackAction, quickReplies, template, text, uriAction } from './testing/messages.mjs';
import { openApiFor } from './testing/openapi.mjs';

const PUSH = '/v2/bot/message/push';
const MULTICAST = '/v2/bot/message/multicast';
const USER = `U${'0'.repeat(32)}`;
const user = (n) => `U${n.toString(16).padStart(32, '0')}`;
const validator = new Validator();
const pushed = (...messages) => validator.problems(PUSH, { to: USER, messages });

const FAMILY = '👨‍👩‍👧‍👦';
const button = (action) => inBody({ type: 'button', action });
const carousel = (n, more) => flex({ type: 'carousel', contents: Array.from({ length: n }, () => ({ ...bubble(), ...more })) });
const heavy = (bytes) => ({ type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'x'.repeat(bytes) }] } });
const buttons = (more) => template({ type: 'buttons', text: '本文', actions: [uriAction()], ...more });

const TAKEN = {
  'a text of 5000 units': text({ text: 'あ'.repeat(5000) }),
  'a Flex message with every kind of component': flex(),
  'a carousel of 12': carousel(12, { hero: undefined, body: undefined }),
  '13 quick replies': text({ quickReply: quickReplies(13) }),
  'a label of 40 family emoji on a Flex button': button(uriAction({ label: FAMILY.repeat(40) })),
  'a telephone number': button(uriAction({ uri: 'tel:0312345678' })),
  'Japanese percent-encoded in a URI': button(uriAction({ uri: `https://line.me/R/oaMessage/%40a/?${encodeURIComponent('入店')}` })),
  'doubled braces in textV2': { type: 'textV2', text: '{{x}} {who}', substitution: { who: { type: 'mention', mentionee: { type: 'all' } } } },
  'a confirm template': template({ type: 'confirm', text: 'よろしいですか', actions: [uriAction(), postbackAction()] }),
  'a buttons template': buttons({ title: '題', text: 'あ'.repeat(60) }),
  'a LINE emoji': text({ text: '$ hi', emojis: [{ index: 0, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }] }),
};

for (const [name, message] of Object.entries(TAKEN)) {
  test(`LINE takes ${name}`, () => assert.deepEqual(pushed(message), []));
}

// name: [the message, the property that is wrong]
const STRUCTURE = {
  'a text message without text': [{ type: 'text' }, 'messages[0].text'],
  'a message of unknown type': [{ type: 'txt', text: 'x' }, 'messages[0].type'],
  'a message without a type': [{ text: 'x' }, 'messages[0].type'],
  'a number for a text': [text({ text: 5 }), 'messages[0].text'],
  'null for a text': [text({ text: null }), 'messages[0].text'],
  'an unknown property of a message': [text({ txet: 'x' }), 'messages[0].txet'],
  'an unknown property deep in a Flex message': [inBody({ type: 'text', text: 'a', bold: true }), 'messages[0].contents.body.contents[0].bold'],
  'an unknown property of an action': [button(uriAction({ url: 'https://example.com/' })), 'messages[0].contents.body.contents[0].action.url'],
  'a message that is no object': ['hi', 'messages[0]'],
  'a Flex message without altText': [{ type: 'flex', contents: bubble() }, 'messages[0].altText'],
  'a Flex message without contents': [{ type: 'flex', altText: 'x' }, 'messages[0].contents'],
  'a box without layout': [inBody({ type: 'box', contents: [] }), 'messages[0].contents.body.contents[0].layout'],
  'a box of unknown layout': [inBody({ type: 'box', layout: 'grid', contents: [] }), 'messages[0].contents.body.contents[0].layout'],
  'a button without action': [inBody({ type: 'button' }), 'messages[0].contents.body.contents[0].action'],
  'an unknown component': [inBody({ type: 'table' }), 'messages[0].contents.body.contents[0].type'],
  'a text as body of a bubble': [flex({ type: 'bubble', body: { type: 'text', text: 'x' } }), 'messages[0].contents.body.type'],
  'an action of unknown type': [button({ type: 'open', label: 'a' }), 'messages[0].contents.body.contents[0].action.type'],
  'a weight that does not exist': [inBody({ type: 'text', text: 'a', weight: 'heavy' }), 'messages[0].contents.body.contents[0].weight'],
  'a bubble of unknown size': [flex({ ...bubble(), size: 'tera' }), 'messages[0].contents.size'],
  'a string for wrap': [inBody({ type: 'text', text: 'a', wrap: 'true' }), 'messages[0].contents.body.contents[0].wrap'],
};

const CONTENT = 'messages[0].contents.body.contents[0]';
const LIMITS = {
  'an empty text': [text({ text: '' }), 'messages[0].text'],
  'a text of 5001 units': [text({ text: 'x'.repeat(5001) }), 'messages[0].text'],
  'a text of 2501 emoji, 5002 units': [text({ text: '😄'.repeat(2501) }), 'messages[0].text'],
  'half an emoji': [text({ text: '\ud83d' }), 'messages[0].text'],
  'an emoji index that points at no "$"': [text({ text: 'hi', emojis: [{ index: 0, productId: 'a', emojiId: 'b' }] }), 'messages[0].emojis[0].index'],
  'an unescaped brace in textV2': [{ type: 'textV2', text: 'a { b' }, 'messages[0].text'],
  'a placeholder without substitution': [{ type: 'textV2', text: '{who}' }, 'messages[0].text'],
  'altText of 1501 units': [flex(bubble(), { altText: 'x'.repeat(1501) }), 'messages[0].altText'],
  'an empty altText': [flex(bubble(), { altText: '' }), 'messages[0].altText'],
  'a bubble over 30 KB': [flex(heavy(30 * 1024)), 'messages[0].contents'],
  'a carousel over 50 KB': [flex({ type: 'carousel', contents: [heavy(20_000), heavy(20_000), heavy(20_000)] }), 'messages[0].contents'],
  'a carousel of 13': [carousel(13, { body: undefined }), 'messages[0].contents.contents'],
  'an empty carousel': [carousel(0), 'messages[0].contents.contents'],
  'bubbles of two sizes in a carousel': [flex({ type: 'carousel', contents: [bubble(), bubble({ size: 'kilo' })] }), 'messages[0].contents.contents'],
  '14 quick replies': [text({ quickReply: quickReplies(14) }), 'messages[0].quickReply.items'],
  'no quick replies': [text({ quickReply: { items: [] } }), 'messages[0].quickReply.items'],
  'a quick reply without a type': [text({ quickReply: { items: [{ action: { type: 'message', label: 'a', text: 'a' } }] } }), 'messages[0].quickReply.items[0].type'],
  'a quick reply label of 21': [text({ quickReply: quickReplies(1, { label: 'x'.repeat(21) }) }), 'messages[0].quickReply.items[0].action.label'],
  'a Flex button label of 41': [button(uriAction({ label: 'x'.repeat(41) })), `${CONTENT}.action.label`],
  'a Flex button without label': [button(uriAction({ label: undefined })), `${CONTENT}.action.label`],
  'a template label of 21': [buttons({ actions: [uriAction({ label: 'x'.repeat(21) })] }), 'messages[0].template.actions[0].label'],
  'postback data of 301': [button(postbackAction({ data: 'x'.repeat(301) })), `${CONTENT}.action.data`],
  'a postback without data': [button(postbackAction({ data: undefined })), `${CONTENT}.action.data`],
  'displayText of 301': [button(postbackAction({ displayText: 'あ'.repeat(301) })), `${CONTENT}.action.displayText`],
  'displayText beside text': [button(postbackAction({ displayText: 'a', text: 'b' })), `${CONTENT}.action.text`],
  'a message action with 301 characters': [button({ type: 'message', label: 'a', text: 'x'.repeat(301) }), `${CONTENT}.action.text`],
  'a URI of 1001': [button(uriAction({ uri: `https://example.com/${'a'.repeat(981)}` })), `${CONTENT}.action.uri`],
  'a URI with raw Japanese': [button(uriAction({ uri: 'https://example.com/入店' })), `${CONTENT}.action.uri`],
  'a URI with a blank': [button(uriAction({ uri: 'https://example.com/a b' })), `${CONTENT}.action.uri`],
  'a javascript URI': [button(uriAction({ uri: 'javascript:alert(1)' })), `${CONTENT}.action.uri`],
  'a relative URI': [button(uriAction({ uri: '/undo' })), `${CONTENT}.action.uri`],
  'an empty text component': [inBody({ type: 'text', text: '' }), `${CONTENT}.text`],
  'a text component without text': [inBody({ type: 'text' }), `${CONTENT}.text`],
  'a colour by name': [inBody({ type: 'text', text: 'a', color: 'red' }), `${CONTENT}.color`],
  'a size that does not exist': [inBody({ type: 'text', text: 'a', size: 'huge' }), `${CONTENT}.size`],
  'a margin in em': [inBody({ type: 'text', text: 'a', margin: '1em' }), `${CONTENT}.margin`],
  'a negative flex': [inBody({ type: 'text', text: 'a', flex: -1 }), `${CONTENT}.flex`],
  'an image over http': [inBody({ type: 'image', url: 'http://example.com/a.png' }), `${CONTENT}.url`],
  'an image four times as high as wide': [inBody({ type: 'image', url: 'https://example.com/a.png', aspectRatio: '1:4' }), `${CONTENT}.aspectRatio`],
  'an icon outside a baseline box': [inBody({ type: 'icon', url: 'https://example.com/a.png' }), `${CONTENT}.type`],
  'a button inside a baseline box': [inBody({ type: 'box', layout: 'baseline', contents: [{ type: 'button', action: uriAction() }] }), `${CONTENT}.contents[0].type`],
  'a span outside a text': [inBody({ type: 'span', text: 'a' }), `${CONTENT}.type`],
  'a text as hero': [flex({ type: 'bubble', hero: { type: 'text', text: 'a' } }), 'messages[0].contents.hero.type'],
  'a confirm template with one action': [template({ type: 'confirm', text: 'a', actions: [uriAction()] }), 'messages[0].template.actions'],
  'a buttons template with five actions': [buttons({ actions: Array(5).fill(uriAction()) }), 'messages[0].template.actions'],
  'a buttons text of 61 under a title': [buttons({ title: '題', text: 'あ'.repeat(61) }), 'messages[0].template.text'],
  'carousel columns with unequal actions': [template({ type: 'carousel', columns: [column(), column({ actions: [uriAction(), uriAction()] })] }), 'messages[0].template.columns'],
  'a sender called LINE': [text({ sender: { name: 'LINE' } }), 'messages[0].sender.name'],
  'a sender name of 21': [text({ sender: { name: 'x'.repeat(21) } }), 'messages[0].sender.name'],
  'a location address of 101': [{ type: 'location', title: 'a', address: 'x'.repeat(101), latitude: 35, longitude: 139 }, 'messages[0].address'],
};

for (const [name, [message, property]] of Object.entries({ ...STRUCTURE, ...LIMITS })) {
  test(`LINE refuses ${name}`, () => {
    const found = pushed(message);
    assert.ok(found.some((problem) => problem.property === property), JSON.stringify(found));
  });
}

const REQUESTS = {
  'no messages': [PUSH, { to: USER, messages: [] }, 'messages'],
  'six messages': [PUSH, { to: USER, messages: Array(6).fill(text()) }, 'messages'],
  'no recipient': [PUSH, { messages: [text()] }, 'to'],
  'a LINE ID as recipient': [PUSH, { to: 'taro.mihon', messages: [text()] }, 'to'],
  'a list as recipient of a push': [PUSH, { to: [USER], messages: [text()] }, 'to'],
  'an unknown property': [PUSH, { to: USER, messages: [text()], silent: true }, 'silent'],
  'a string for notificationDisabled': [PUSH, { to: USER, messages: [text()], notificationDisabled: 'no' }, 'notificationDisabled'],
  'two aggregation units': [PUSH, { to: USER, messages: [text()], customAggregationUnits: ['a', 'b'] }, 'customAggregationUnits'],
  'an aggregation unit with a hyphen': [PUSH, { to: USER, messages: [text()], customAggregationUnits: ['a-b'] }, 'customAggregationUnits[0]'],
  '501 recipients': [MULTICAST, { to: Array.from({ length: 501 }, (_, i) => user(i)), messages: [text()] }, 'to'],
  'an empty list of recipients': [MULTICAST, { to: [], messages: [text()] }, 'to'],
  'a group among the recipients of a multicast': [MULTICAST, { to: [`C${'0'.repeat(32)}`], messages: [text()] }, 'to[0]'],
  'one person twice among the recipients': [MULTICAST, { to: [user(1), user(2), user(1)], messages: [text()] }, 'to[2]'],
  'no reply token': ['/v2/bot/message/reply', { messages: [text()] }, 'replyToken'],
};

for (const [name, [path, body, property]] of Object.entries(REQUESTS)) {
  test(`LINE refuses a request with ${name}`, () => {
    const found = validator.problems(path, body);
    assert.ok(found.some((problem) => problem.property === property), JSON.stringify(found));
  });
}

test("LINE's hardened OpenAPI takes what we take and refuses what breaks LINE's structure", (t) => {
  const openApi = openApiFor(t, 'messaging-api.yml');
  if (!openApi) return;
  const problems = (message) => openApi.requestProblems(PUSH, { to: USER, messages: [message] });
  for (const [name, message] of Object.entries(TAKEN)) assert.deepEqual(problems(message), [], name);
  // It does not forbid unknown properties.
  const refused = Object.entries(STRUCTURE).filter(([name]) => !name.startsWith('an unknown property'));
  for (const [name, [message]] of refused) assert.notEqual(problems(message).length, 0, name);
});

test('a body that only the OpenAPI refuses is refused', () => {
  const openApi = { requestProblems: () => [{ property: 'messages[0]', message: 'OpenAPI: no' }] };
  const strict = new Validator({ openApi });
  assert.deepEqual(strict.problems(PUSH, { to: USER, messages: [text()] }), [{ property: 'messages[0]', message: 'OpenAPI: no' }]);
});

test("the sandbox's own answers are what LINE's OpenAPI promises", async (t) => {
  const openApi = openApiFor(t, 'messaging-api.yml');
  if (!openApi) return;
  const sandbox = await sandboxFor(t);
  const to = await sandbox.friend();
  const key = { 'x-line-retry-key': '123e4567-e89b-12d3-a456-426614174000' };
  const asked = [
    ['post', PUSH, { to, messages: [text()] }, key],
    ['post', PUSH, { to, messages: [text()] }, key],
    ['post', PUSH, { to, messages: [] }],
    ['post', MULTICAST, { to: [to], messages: [text()] }],
    ['post', '/v2/bot/message/validate/push', { messages: [text()] }],
    ['get', '/v2/bot/message/quota'],
    ['get', '/v2/bot/message/quota/consumption'],
    ['get', '/v2/bot/message/delivery/push?date=20240101'],
    ['get', `/v2/bot/profile/${to}`],
    ['get', '/v2/bot/info'],
    ['post', '/v2/bot/channel/webhook/test', { endpoint: 'http://127.0.0.1:1/' }],
  ];
  for (const [method, url, body, headers] of asked) {
    const answer = await sandbox.line(method.toUpperCase(), url, body, headers);
    const path = url.split('?')[0].replace(to, '{userId}');
    assert.deepEqual(openApi.responseProblems({ path, method, status: answer.status }, answer.body), [], `${url} ${answer.status}`);
  }
});

test('a refused request is answered in the way LINE reports it, sends nothing, and is recorded', async (t) => {
  const sandbox = await sandboxFor(t);
  const to = await sandbox.friend();

  const wrongText = await sandbox.line('POST', PUSH, { to, messages: [text(), text({ text: '' })] });
  assert.equal(wrongText.body.message, 'The request body has 1 error(s)');
  assert.equal(wrongText.body.details[0].property, 'messages[1].text');
  const wrongFlex = await sandbox.line('POST', PUSH, { to, messages: [button(uriAction({ uri: 'x' }))] });
  assert.equal(wrongFlex.body.message, 'A message (messages[0]) in the request body is invalid');
  assert.equal(wrongFlex.body.details[0].property, '/body/contents/0/action/uri');

  assert.deepEqual(await sandbox.chat(to), []);
  const problems = (await sandbox.control('GET', '/problems')).body;
  assert.deepEqual(problems.map(({ path }) => path), [PUSH, PUSH]);
  await sandbox.control('DELETE', '/problems');
  assert.deepEqual((await sandbox.control('GET', '/problems')).body, []);
});

test('messages can be validated without being sent', async (t) => {
  const sandbox = await sandboxFor(t);
  for (const kind of ['reply', 'push', 'multicast']) {
    const path = `/v2/bot/message/validate/${kind}`;
    assert.deepEqual(await statusAndBody(sandbox.line('POST', path, { messages: [flex()] })), [200, {}]);
    assert.equal((await sandbox.line('POST', path, { messages: [flex(bubble({ size: 'x' }))] })).status, 400);
  }
});

const statusAndBody = async (answer) => [(await answer).status, (await answer).body];
