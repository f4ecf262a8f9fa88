// An outside gRPC client: the services as another language's library sees them.
import { mkdtempSync, readFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

import grpc from "@grpc/grpc-js";
import protoLoader from "@grpc/proto-loader";

import { ROOT, runProgram } from "../../../tools/story/stack.mjs";

const FILES = ["registry/v1/registry", "registry/v1/business", "registry/v1/public", "registry/v1/desk",
  "checkin/v1/checkin", "notifier/v1/notifier"].map((name) => `oshirase/${name}_service.proto`);

export const protos = protoLoader.loadSync(FILES, {
  includeDirs: [path.join(ROOT, "protos"), path.join(ROOT, "node_modules/google-proto-files")],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
});

/** Every method of every service: {service, path, stream}. */
export function methods() {
  return Object.entries(protos)
    .filter(([, definition]) => typeof definition !== "function" && !definition.format)
    .flatMap(([name, definition]) => Object.values(definition).map((method) => ({
      service: name.split(".")[1],
      path: method.path,
      stream: method.responseStream,
      definition: method,
    })));
}

/** Credentials of an identity; `null` for plaintext. `certificate` undefined: TLS without one. */
export function credentials(ca, certificate) {
  const pair = certificate && [readFileSync(`${certificate}.key`), readFileSync(`${certificate}.crt`)];
  // A server is known by its URI, and its address may be anything; who it is, other tests show.
  return grpc.credentials.createSsl(readFileSync(ca), pair?.[0] ?? null, pair?.[1] ?? null, { checkServerIdentity: () => undefined });
}

/** A client of `address` that sends and receives raw bytes. */
export function rawClient(address, creds) {
  return new grpc.Client(address, creds, { "grpc.enable_retries": 0, "grpc.initial_reconnect_backoff_ms": 20,
    // An address is no TLS name.
    "grpc.ssl_target_name_override": "service.invalid",
  });
}

/** Calls a method with the bytes of `request` (an empty message by default): the status it ends with. */
export function callStatus(client, method, request = Buffer.alloc(0), timeoutMs = 5000) {
  const same = (bytes) => bytes;
  const options = { deadline: Date.now() + timeoutMs };
  return new Promise((resolve) => {
    const done = (error) => resolve(error ? { code: error.code, details: error.details, metadata: error.metadata } : { code: 0 });
    if (!method.stream) {
      client.makeUnaryRequest(method.path, same, same, request, new grpc.Metadata(), options, done);
      return;
    }
    const stream = client.makeServerStreamRequest(method.path, same, same, request, new grpc.Metadata(), options);
    stream.on("data", () => {});
    stream.on("error", done);
    stream.on("end", () => done(null));
  });
}

const clients = new Map();

/** Calls a method of one service by its name, as an identity of the stack: the answer, or throws. */
export function call(stack, identity, service, name, request) {
  const method = methods().find((each) => each.service === service && each.path.endsWith(`/${name}`)).definition;
  const address = stack.env[`${service.toUpperCase()}_ADDR`];
  const key = `${identity} ${address}`;
  if (!clients.has(key)) {
    const tls = stack.env.TLS_DIR;
    clients.set(key, rawClient(address, credentials(path.join(tls, "ca.crt"), path.join(tls, identity))));
  }
  const metadata = new grpc.Metadata({ waitForReady: true });
  return new Promise((resolve, reject) => {
    clients.get(key).makeUnaryRequest(method.path, method.requestSerialize, method.responseDeserialize, request,
      metadata, { deadline: Date.now() + 10_000 }, (error, answer) => {
        if (error) reject(error);
        else resolve(answer);
      });
  });
}

/** The machine-readable reason of an error, out of its google.rpc.ErrorInfo. */
export function reasonOf(error) {
  const details = error.metadata?.get("grpc-status-details-bin")[0];
  const early = /^([A-Z_]+):/.exec(error.details ?? "")?.[1];
  if (!details) return early ?? "";
  // The only upper-case words with underscores in the encoded details are reasons.
  return /[A-Z][A-Z0-9]*(_[A-Z0-9]+)+/.exec(details.toString("latin1"))?.[0] ?? early ?? "";
}

/** A folder with a certificate authority of its own, which no service knows. */
export async function strangersCertificates() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "oshirase-strangers-"));
  await runProgram(path.join(ROOT, "tools/dev-ca"), ["make", folder]);
  return folder;
}

/** A further certificate of the stack's own authorities. */
export function issue(stack, name, ...options) {
  return runProgram(path.join(ROOT, "tools/dev-ca"), ["issue", stack.env.TLS_DIR, name, ...options]);
}
