// The whole state of the stand-in LINE, and the only place where it changes.
//
// A change is a record: `commit` appends it to the journal and applies it; at the next start the
// journal's records are applied again and give the same state. Records, by their `kind`:
//
//   people   {people: [{userId, name, follow}]}
//   event    {time, event, shown?}       something a person did; the webhook is still to be sent
//   sending  {time, webhookEventIds}     a webhook with these events is being sent (again)
//   settled  {webhookEventIds, status}   no further attempt will be made
//   request  {id, time, method, path, query, status, headers, body, bodySha256, problems, notes, fault?,
//            effect?}   an API request (status null: not answered); the effect says what it changed:
//              {type: "send", via, sentMessages, retryKey?}   `body` holds messages and recipients
//              {type: "issue-token", token, replaces?}  {type: "revoke-token", token}

import { AccessTokens } from './access_tokens.mjs';
import { Counters } from './counters.mjs';
import { Journal } from './journal.mjs';
import { People } from './people.mjs';
import { ReplyTokens } from './reply_tokens.mjs';
import { RequestLog } from './request_log.mjs';
import { RetryKeys } from './retry_keys.mjs';

export class Platform {
  people = new People();
  replyTokens = new ReplyTokens();
  retryKeys = new RetryKeys();
  counters = new Counters();
  requests = new RequestLog();
  // Events recorded whose delivery was neither answered nor given up: id -> event.
  unsettled = new Map();
  #knownEvents = new Set();
  #journal;

  // onChange({userIds?, request?}) is told what to draw anew; never during the replay.
  constructor({ dataDir, accessToken, onChange = () => {} }) {
    this.accessTokens = new AccessTokens(accessToken);
    this.onChange = () => {};
    this.#journal = new Journal(dataDir, (record) => this.#apply(record));
    this.onChange = onChange;
  }

  commit(record) {
    this.#journal.append(record);
    this.#apply(record);
  }

  close() {
    this.#journal.close();
  }

  #apply(record) {
    switch (record.kind) {
      case 'people':
        for (const person of record.people) this.people.add(person);
        return this.onChange({ userIds: record.people.map((person) => person.userId) });
      case 'event':
        return this.#applyEvent(record);
      case 'sending':
        return this.replyTokens.markSent(record.webhookEventIds, record.time);
      case 'settled':
        for (const id of record.webhookEventIds) this.unsettled.delete(id);
        return undefined;
      case 'request':
        return this.#applyRequest(record);
      default:
        throw new Error(`the journal holds a record of unknown kind ${JSON.stringify(record.kind)}`);
    }
  }

  #applyEvent({ time, event, shown }) {
    const id = event.webhookEventId;
    if (id !== undefined) this.unsettled.set(id, event);
    if (this.#knownEvents.has(id)) return;
    if (id !== undefined) this.#knownEvents.add(id);
    this.replyTokens.issue(event, time);
    this.people.applyEvent(event, time, shown);
    if (event.source?.userId) this.onChange({ userIds: [event.source.userId] });
  }

  #applyRequest(request) {
    this.requests.add(request);
    const { effect } = request;
    if (effect?.type === 'send') this.#applySend(request, effect);
    if (effect?.type === 'issue-token') {
      this.accessTokens.add(effect.token);
      this.accessTokens.revoke(effect.replaces);
    }
    if (effect?.type === 'revoke-token') this.accessTokens.revoke(effect.token);
    this.onChange({ request });
  }

  #applySend({ id, time, path, body, bodySha256 }, { via, sentMessages, retryKey }) {
    const posting = {
      id: sentMessages[0].id,
      from: 'bot',
      time,
      via,
      messages: body.messages,
      retryKey,
      requestId: id,
    };
    const reached = this.people.deliver(posting, this.#recipients(via, body));
    this.counters.add(via, reached.length, time);
    if (retryKey) {
      const acceptance = { time, requestId: id, path, bodySha256 };
      if (via === 'push') acceptance.sentMessages = sentMessages;
      this.retryKeys.remember(retryKey, acceptance);
    }
    this.onChange({ userIds: reached });
  }

  #recipients(via, body) {
    if (via !== 'reply') return [body.to].flat();
    const userId = this.replyTokens.use(body.replyToken);
    return userId === undefined ? [] : [userId];
  }
}
