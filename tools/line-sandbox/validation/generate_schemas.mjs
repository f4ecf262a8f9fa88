// Writes JSON schemas of the request bodies, made from the TypeScript types of @line/bot-sdk, to the
// file named by the argument. A program of its own, since it loads the TypeScript compiler: the
// sandbox runs it only when it finds no schemas of the installed version.

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { renameSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

const TYPES = [
  'ReplyMessageRequest',
  'PushMessageRequest',
  'MulticastRequest',
  'ValidateMessageRequest',
  'SetWebhookEndpointRequest',
  'TestWebhookEndpointRequest',
];

const sdk = dirname(createRequire(import.meta.url).resolve('@line/bot-sdk/package.json'));

const generator = createGenerator({
  path: join(sdk, 'dist/messaging-api/model/models.d.ts'),
  skipTypeCheck: true,
  additionalProperties: false,
  encodeRefs: false,
  jsDoc: 'none',
});

const definitions = Object.assign({}, ...TYPES.map((type) => generator.createSchema(type).definitions));

// Renamed into place whole, since another sandbox may be starting beside this one.
const [target] = process.argv.slice(2);
const unfinished = `${target}.${process.pid}`;
writeFileSync(unfinished, JSON.stringify({ definitions }));
renameSync(unfinished, target);
