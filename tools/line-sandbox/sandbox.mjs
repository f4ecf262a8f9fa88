// The stand-in for the LINE platform, put together: one loopback port with LINE's endpoints, the
// control API under /_sandbox, and the phone page at /.

import { createServer } from 'node:http';
import { LineApi } from './api/line_api.mjs';
import { Faults } from './api/faults.mjs';
import { RateLimits } from './api/rate_limits.mjs';
import { ControlApi } from './control/control_api.mjs';
import { Live } from './control/live.mjs';
import { Aborted, sendJson } from './http.mjs';
import { messageIds } from './ids.mjs';
import { loadPage } from './page.mjs';
import { Platform } from './state/platform.mjs';
import { Courier } from './webhooks/courier.mjs';

// Longer than the idle time of any client's connection pool, so that a client never finds its kept
// connection just closed.
const KEEP_ALIVE_MS = 75_000;

// config: see options.mjs; validator: a Validator. Resolves to {url, close()} once the port is open; rejects if it is taken.
export async function startSandbox({ config, clock, log, validator }) {
  const live = new Live();
  const platform = new Platform({
    dataDir: config.dataDir,
    accessToken: config.accessToken,
    onChange: (change) => live.changed(change),
  });
  const courier = new Courier({ platform, config, clock, log });
  const parts = {
    platform,
    config,
    clock,
    log,
    validator,
    courier,
    live,
    faults: new Faults(),
    rateLimits: new RateLimits(),
    nextMessageId: messageIds(),
  };
  const server = createServer(dispatcher(parts));
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await listen(server, config.port);
  courier.resumeUnsettled();

  const { port } = server.address();
  const close = async () => {
    live.close();
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    platform.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

function dispatcher(parts) {
  const lineApi = new LineApi(parts);
  const controlApi = new ControlApi(parts);
  const servePage = loadPage();
  return async (request, response) => {
    const url = new URL(request.url, 'http://sandbox');
    try {
      if (isForeign(request))
        sendJson(response, 403, { error: 'pages of other sites may not use the sandbox' });
      else if (url.pathname.startsWith('/_sandbox/')) await controlApi.handle(request, response, url);
      else if (request.method !== 'GET' || !servePage(url.pathname, response))
        await lineApi.handle(request, response, url);
    } catch (cause) {
      if (!(cause instanceof Aborted)) parts.log.error('the sandbox itself failed', { error: cause.stack });
      response.destroy();
    }
  };
}

// A page that some other site opened in the same browser.
function isForeign({ headers: { origin, host } }) {
  return origin !== undefined && origin !== `http://${host}`;
}

const listen = (server, port) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', 1024, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
