// Everything that is wrong with a request body: its structure by LINE's own types, its limits by
// LINE's documentation and, when LINE's OpenAPI is at hand, that as a second opinion.

import { checkLimits } from './check_limits.mjs';
import { loadSchemas } from './schemas.mjs';

const TYPES = {
  '/v2/bot/message/reply': 'ReplyMessageRequest',
  '/v2/bot/message/push': 'PushMessageRequest',
  '/v2/bot/message/multicast': 'MulticastRequest',
  '/v2/bot/message/validate/reply': 'ValidateMessageRequest',
  '/v2/bot/message/validate/push': 'ValidateMessageRequest',
  '/v2/bot/message/validate/multicast': 'ValidateMessageRequest',
  '/v2/bot/channel/webhook/endpoint': 'SetWebhookEndpointRequest',
  '/v2/bot/channel/webhook/test': 'TestWebhookEndpointRequest',
};

export class Validator {
  // openApi: an OpenApi (openapi.mjs), or undefined.
  constructor({ openApi } = {}) {
    this.checkSchema = loadSchemas();
    this.openApi = openApi;
  }

  // Returns [{property, message}].
  problems(path, body) {
    const typeName = TYPES[path];
    const found = this.checkSchema(typeName, body);
    if (found.length === 0) found.push(...checkLimits(typeName, body));
    // The OpenAPI is asked only about what passed so far: its own list for a body that is plainly
    // wrong names every kind of message that it is not.
    if (found.length === 0 && this.openApi) found.push(...this.openApi.requestProblems(path, body));
    return found;
  }
}
