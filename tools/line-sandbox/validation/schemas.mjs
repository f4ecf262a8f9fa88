// Checks the structure of request bodies against the types of LINE's own SDK: missing, unknown and
// mistyped properties. The types know no lengths and counts: see limits.mjs.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { propertyPath } from './property_path.mjs';

const GENERATOR = fileURLToPath(new URL('generate_schemas.mjs', import.meta.url));
const BUILD_DIR = fileURLToPath(new URL('../../../build/line-sandbox', import.meta.url));

// Returns check(typeName, body) -> [{property, message}], compiled at once: the first request is
// answered as fast as the others.
export function loadSchemas() {
  const { definitions } = JSON.parse(readFileSync(schemaFile()));
  pinUnions(definitions);
  const ajv = new Ajv({ allErrors: true, discriminator: true, strict: false });
  ajv.addSchema({ $id: 'line', definitions });
  const compiled = new Map(
    Object.keys(definitions)
      .filter((name) => name.endsWith('Request'))
      .map((name) => [name, ajv.getSchema(`line#/definitions/${name}`)]),
  );
  return (typeName, body) => {
    const validate = compiled.get(typeName);
    return validate(body) ? [] : validate.errors.map(describe);
  };
}

// The generated schemas, made now if there are none of this SDK, generator and script.
function schemaFile() {
  const require = createRequire(import.meta.url);
  const versions = ['@line/bot-sdk', 'ts-json-schema-generator'].map((name) => packageVersion(require, name));
  const script = createHash('sha256').update(readFileSync(GENERATOR)).digest('hex').slice(0, 12);
  const file = join(cacheDir(), `schemas-${versions.join('-')}-${script}.json`);
  if (!existsSync(file))
    execFileSync(process.execPath, [GENERATOR, file], { stdio: ['ignore', 'ignore', 'inherit'] });
  return file;
}

function packageVersion(require, name) {
  const main = require.resolve(name);
  const root = main.slice(0, main.lastIndexOf(join('node_modules', name)));
  return JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'))).version;
}

function cacheDir() {
  for (const dir of [BUILD_DIR, join(tmpdir(), `line-sandbox-${process.getuid()}`)]) {
    try {
      mkdirSync(dir, { recursive: true });
      return dir;
    } catch {
      // A read-only checkout: the next place.
    }
  }
  throw new Error('found no place to keep the generated schemas');
}

// A union of objects told apart by their "type" becomes a discriminated one, so that a wrong body is
// refused for its own fault and not for failing to be each of the others.
function pinUnions(definitions) {
  for (const schema of Object.values(definitions)) {
    const names = schema.anyOf?.map((option) => option.$ref?.replace('#/definitions/', ''));
    if (!names?.every((name) => definitions[name]?.properties?.type?.const !== undefined)) continue;
    schema.type = 'object';
    schema.oneOf = schema.anyOf;
    schema.required = ['type'];
    schema.discriminator = { propertyName: 'type' };
    delete schema.anyOf;
  }
}

function describe({ instancePath, keyword, params, message }) {
  const at = (name) => propertyPath(name === undefined ? instancePath : `${instancePath}/${name}`);
  if (keyword === 'required') return { property: at(params.missingProperty), message: 'May not be empty' };
  if (keyword === 'additionalProperties')
    return { property: at(params.additionalProperty), message: 'Unknown property' };
  if (keyword === 'enum')
    return {
      property: at(),
      message: `Must be one of the following values: [${params.allowedValues.join(', ')}]`,
    };
  if (keyword === 'discriminator')
    return { property: at(params.tag), message: 'Missing, or not one of the known types' };
  return { property: at(), message };
}
