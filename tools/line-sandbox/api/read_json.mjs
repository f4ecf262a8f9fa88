// The body of a JSON request, or why it is refused.

import { error, invalidBody } from './errors.mjs';

// No message of LINE's comes near this; a body of brackets would exhaust the stack of whoever walks it.
const DEEPEST = 100;

// Parses the body into call.json; returns a refusal, if any.
export function readJson(call) {
  if (call.raw.length === 0 && call.route.needs.emptyBody) {
    call.json = {};
    return undefined;
  }
  if (!/^application\/json\b/i.test(call.headers['content-type'] ?? '')) {
    call.problem('Content-Type', 'Must be application/json');
    return error(415, 'Unsupported media type');
  }
  try {
    const json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(call.raw));
    if (depthOf(json) <= DEEPEST) call.json = json;
    else call.problem('', `Is nested more than ${DEEPEST} deep`);
  } catch {
    call.problem('', 'Is not JSON in UTF-8');
  }
  return call.problems.length > 0 ? invalidBody(call.problems) : undefined;
}

// Level by level and not by recursion; stops where it is too deep anyway.
function depthOf(json) {
  let depth = 0;
  for (let level = [json]; level.length > 0 && depth <= DEEPEST; depth += 1) {
    level = level.flatMap((node) => (node !== null && typeof node === 'object' ? Object.values(node) : []));
  }
  return depth;
}
