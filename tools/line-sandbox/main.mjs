// The LINE sandbox process.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { loginKey } from './api/jwt.mjs';
import { Clock } from './clock.mjs';
import { Log } from './log.mjs';
import { HELP, readOptions } from './options.mjs';
import { startSandbox } from './sandbox.mjs';
import { OpenApi } from './validation/openapi.mjs';
import { Validator } from './validation/validator.mjs';

function refuse(lines) {
  for (const line of lines) process.stderr.write(`line-sandbox: ${line}\n`);
  process.exit(2);
}

const options = readOptions(process.argv.slice(2), process.env);
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
if (options.problems) refuse(options.problems);

const { config, openApiDir } = options;
const log = new Log(options.logLevel);
const clock = new Clock(options.clockOffsetSeconds);

let openApi;
if (openApiDir !== undefined) {
  openApi = OpenApi.load(openApiDir, 'messaging-api.yml');
  if (!openApi)
    log.warn("LINE_OPENAPI_DIR holds no messaging-api.yml: requests are not held against LINE's OpenAPI");
}
config.openApi = openApi !== undefined;

try {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  config.loginKey = loginKey(join(config.dataDir, 'login-key.pem'));
} catch (cause) {
  refuse([`--data: ${cause.message}`]);
}

try {
  const sandbox = await startSandbox({ config, clock, log, validator: new Validator({ openApi }) });
  log.info('listening', { url: sandbox.url, openapi: config.openApi });
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, async () => {
      await sandbox.close();
      process.exit(0);
    });
  }
} catch (cause) {
  refuse([cause.code === 'EADDRINUSE' ? `--port ${config.port} is taken` : cause.message]);
}
