// Registers venues through the real registry, as the gateway does, and prints one JSON line each:
// {"venue_id","venue_code","name","kind","stay_minutes"}. Called by `tools/stack seed`.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';

// Below the number of calls that one registry answers at once.
const IN_FLIGHT = 48;
const DEADLINE_MS = 20_000;
const TRIES = 5;
const SERVER = 'URI:spiffe://services.oshirase/registry';

const { values: options } = parseArgs({
  options: {
    registry: { type: 'string' },
    tls: { type: 'string' },
    count: { type: 'string' },
    kind: { type: 'string' },
    prefix: { type: 'string' },
    drill: { type: 'boolean', default: false },
    'clock-offset': { type: 'string', default: '0' },
  },
});
const count = Number(options.count);

function connect() {
  const protos = fileURLToPath(new URL('../../protos', import.meta.url));
  const definition = protoLoader.loadSync('oshirase/registry/v1/registry_service.proto', {
    includeDirs: [protos],
    keepCase: true,
    longs: Number,
  });
  const { RegistryService } = grpc.loadPackageDefinition(definition).oshirase.registry.v1;
  const read = (name) => readFileSync(join(options.tls, name));
  const credentials = grpc.credentials.createSsl(
    read('ca.crt'), read('gateway.key'), read('gateway.crt'),
    { checkServerIdentity: (host, certificate) => refuseStranger(certificate) },
  );
  // The name in the handshake only keeps TLS from seeing an address there; the identity is the URI.
  return new RegistryService(options.registry, credentials, {
    'grpc.ssl_target_name_override': 'registry',
  });
}

function refuseStranger(certificate) {
  if (certificate.subjectaltname === SERVER) return undefined;
  return new Error(`the server is not the registry but ${certificate.subjectaltname}`);
}

function details(number) {
  const venue = {
    name: `${options.prefix}${number}`,
    kind: options.kind,
    address: `みほん県みほん市みほん町${number}`,
    email: `venue${number}@example.com`,
    own_measures: ['換気をしています'],
    drill: options.drill,
  };
  if (options.kind !== 'event') return venue;
  // Open now and for weeks, since an event takes visits only in its own time.
  const now = Math.floor(Date.now() / 1000) + Number(options['clock-offset']);
  return {
    ...venue,
    event_start_time: { seconds: now - 24 * 3600 },
    event_end_time: { seconds: now + 29 * 24 * 3600 },
  };
}

/** Registers one venue. The request id makes a repeat after a lost answer harmless. */
async function register(client, number) {
  const request = { request_id: randomUUID(), details: details(number) };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(client, request);
    } catch (problem) {
      const passing = [grpc.status.UNAVAILABLE, grpc.status.RESOURCE_EXHAUSTED];
      if (attempt === TRIES || !passing.includes(problem.code)) throw problem;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }
}

function call(client, request) {
  return new Promise((resolve, reject) => {
    client.RegisterVenue(request, { deadline: Date.now() + DEADLINE_MS }, (problem, response) =>
      problem ? reject(problem) : resolve(response.venue));
  });
}

function print(venue) {
  process.stdout.write(`${JSON.stringify({
    venue_id: venue.venue_id,
    venue_code: venue.venue_code,
    name: venue.details.name,
    kind: venue.details.kind,
    stay_minutes: Number(venue.stay?.seconds ?? 0) / 60,
  })}\n`);
}

const client = connect();
let next = 1;
async function work() {
  while (next <= count) {
    const number = next;
    next += 1;
    print(await register(client, number));
  }
}
try {
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, count) }, work));
} catch (problem) {
  process.stderr.write(`seed: a venue of kind ${options.kind}: ${problem.message}\n`);
  process.exitCode = 1;
  next = count + 1;
} finally {
  client.close();
}
