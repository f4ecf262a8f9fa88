// The peer: what a good Node.js team would write in an afternoon with the usual packages, and what
// Oshirase is measured beside. It verifies with LINE's own middleware, finds the venue by the code in
// the text (cached), stores one row, adds it to the day's index and answers.
//
// It is given what helps it: production mode, prepared statements, both stores on unix sockets and no
// log. It is spared what Oshirase does besides: sealing, mutual TLS, limits, metrics and logs.
import cluster from 'node:cluster';
import { readFileSync } from 'node:fs';

import { JSONParseError, SignatureValidationFailed, middleware } from '@line/bot-sdk';
import express from 'express';
import Redis from 'ioredis';
import pg from 'pg';

const env = process.env;
const JAPAN_OFFSET_MS = 9 * 3600 * 1000;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS venues (
    venue_code text PRIMARY KEY, venue_id uuid NOT NULL, name text NOT NULL);
  CREATE TABLE IF NOT EXISTS visits (
    visit_id text PRIMARY KEY, venue_id uuid NOT NULL, user_id text NOT NULL,
    scan_time timestamptz NOT NULL)`;

const INSERT = {
  name: 'insert-visit',
  text: `INSERT INTO visits (visit_id, venue_id, user_id, scan_time)
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
};
const FIND_VENUE = {
  name: 'find-venue',
  text: 'SELECT venue_id, name FROM venues WHERE venue_code = $1',
};

const database = new pg.Pool({ connectionString: env.DATABASE_URL });
const venues = new Map();

async function findVenue(code) {
  let venue = venues.get(code);
  if (!venue) {
    [venue] = (await database.query(FIND_VENUE, [code])).rows;
    if (venue) venues.set(code, venue);
  }
  return venue;
}

function codeIn(text) {
  return text.replaceAll('-', '').match(/\b[0-9A-Z]{17}\b/)?.[0];
}

async function recordVisit(redis, event) {
  if (event.type !== 'message' || event.message.type !== 'text') return;
  const venue = await findVenue(codeIn(event.message.text));
  if (!venue) return;
  const { webhookEventId: id, timestamp, source } = event;
  await database.query(INSERT, [id, venue.venue_id, source.userId, new Date(timestamp)]);
  const day = new Date(timestamp + JAPAN_OFFSET_MS).toISOString().slice(0, 10);
  await redis.zadd(`visits:${day}:${venue.venue_id}`, timestamp, id);
}

function serve() {
  const redis = new Redis(env.REDIS_SOCKET);
  const channelSecret = readFileSync(env.LINE_CHANNEL_SECRET_FILE, 'utf8').trim();
  const app = express();
  app.post('/line/webhook', middleware({ channelSecret }), async (request, response) => {
    await Promise.all(request.body.events.map((event) => recordVisit(redis, event)));
    response.send('OK');
  });
  app.get(['/healthz', '/readyz'], async (request, response) => {
    await Promise.all([database.query('SELECT 1'), redis.ping()]);
    response.send('OK');
  });
  app.use((error, request, response, next) => {
    if (response.headersSent) return next(error);
    if (error instanceof SignatureValidationFailed) return response.status(401).end();
    if (error instanceof JSONParseError) return response.status(400).end();
    console.error(error.message);
    return response.status(503).end();
  });
  app.listen(env.LISTEN_SOCKET);
}

const workers = Number(env.WORKERS);
// nginx's workers are others; the socket's folder is what keeps strangers out.
process.umask(0);
if (cluster.isPrimary) await database.query(SCHEMA);
if (cluster.isPrimary && workers > 1) {
  for (let i = 0; i < workers; i += 1) cluster.fork();
  cluster.on('exit', () => process.exit(1));
} else {
  serve();
}
