// LINE's endpoints that the sandbox stands in for. A path's captures become `params`.
//
// body: "json" or "form"; open: needs no channel access token; emptyBody: may come without a body.

import * as accounts from './accounts.mjs';
import * as idTokens from './id_tokens.mjs';
import * as messages from './messages.mjs';
import * as oauth from './oauth.mjs';

const json = { body: 'json' };
const openForm = { body: 'form', open: true };
const open = { open: true };

const ROUTES = [
  ['POST', '/v2/bot/message/reply', messages.reply, json],
  ['POST', '/v2/bot/message/push', messages.push, json],
  ['POST', '/v2/bot/message/multicast', messages.multicast, json],
  ['POST', '/v2/bot/message/validate/reply', messages.validate, json],
  ['POST', '/v2/bot/message/validate/push', messages.validate, json],
  ['POST', '/v2/bot/message/validate/multicast', messages.validate, json],
  ['GET', '/v2/bot/message/quota', accounts.quota],
  ['GET', '/v2/bot/message/quota/consumption', accounts.quotaConsumption],
  ['GET', '/v2/bot/message/delivery/(reply|push|multicast)', accounts.deliveryCount],
  ['GET', '/v2/bot/profile/([^/]+)', accounts.profile],
  ['GET', '/v2/bot/info', accounts.botInfo],
  ['GET', '/v2/bot/channel/webhook/endpoint', accounts.webhookEndpoint],
  ['PUT', '/v2/bot/channel/webhook/endpoint', accounts.setWebhookEndpoint, json],
  ['POST', '/v2/bot/channel/webhook/test', accounts.testWebhook, { ...json, emptyBody: true }],
  ['POST', '/oauth2/v2.1/token', oauth.issueByAssertion, openForm],
  ['POST', '/oauth2/v3/token', oauth.issueStateless, openForm],
  ['POST', '/v2/oauth/accessToken', oauth.issueShortLived, openForm],
  ['GET', '/oauth2/v2.1/tokens/kid', oauth.livingKeyIds, open],
  ['POST', '/oauth2/v2.1/revoke', oauth.revoke, openForm],
  ['POST', '/v2/oauth/revoke', oauth.revoke, openForm],
  ['GET', '/oauth2/v2.1/verify', oauth.verifyAccessToken, open],
  ['POST', '/v2/oauth/verify', oauth.verifyAccessToken, openForm],
  ['POST', '/oauth2/v2.1/verify', idTokens.verifyIdToken, openForm],
  ['GET', '/oauth2/v2.1/certs', idTokens.certs, open],
].map(([method, path, handle, needs = {}]) => ({
  method,
  path,
  pattern: new RegExp(`^${path}$`),
  handle,
  needs,
}));

// Returns {route, params}; route is undefined when no such endpoint is known.
export function findRoute(method, path) {
  for (const route of ROUTES) {
    const match = route.method === method && route.pattern.exec(path);
    if (match) return { route, params: match.slice(1) };
  }
  return { route: undefined, params: [] };
}
