// LINE's published OpenAPI as a second opinion on request bodies, and as a referee of our own answers
// and webhooks. It is LINE's and stays where it is: this reads it from a folder, if there is one.
//
// As published, its discriminators have no oneOf, so a validator would accept a text message without
// text or a message of unknown type. Loading it hardens that: every base with a mapping becomes the
// union of its subtypes, each pinned to its own discriminator value.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { propertyPath } from './property_path.mjs';

const SCHEMA = '#/components/schemas/';

export class OpenApi {
  #ajv = new Ajv({ allErrors: true, strict: false });
  #document;

  // Reads FILE ("messaging-api.yml", "webhook.yml", ...) of the folder; undefined if it is not there.
  static load(dir, file) {
    const path = join(dir, file);
    return existsSync(path) ? new OpenApi(parse(readFileSync(path, 'utf8'))) : undefined;
  }

  constructor(document) {
    harden(document.components.schemas);
    this.#document = document;
    addFormats(this.#ajv);
    this.#ajv.addFormat('int32', { type: 'number', validate: Number.isInteger });
    this.#ajv.addFormat('int64', { type: 'number', validate: Number.isInteger });
    this.#ajv.addSchema({ $id: 'openapi', ...document });
  }

  requestProblems(path, body, method = 'post') {
    const content =
      this.#document.paths[path]?.[method]?.requestBody && 'requestBody/content/application~1json/schema';
    return content ? this.#check(path, method, content, body) : [];
  }

  responseProblems({ path, method, status }, body) {
    const answer = this.#document.paths[path]?.[method]?.responses[status];
    if (!answer) return [{ property: '', message: `${method} ${path} has no answer ${status}` }];
    return answer.content
      ? this.#check(path, method, `responses/${status}/content/application~1json/schema`, body)
      : [];
  }

  // Holds a value against a named schema.
  schemaProblems(name, value) {
    return this.#run(`openapi${SCHEMA}${name}`, value);
  }

  #check(path, method, inside, value) {
    const route = path.replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
    return this.#run(`openapi#/paths/${route}/${method}/${inside}`, value);
  }

  #run(pointer, value) {
    const validate = this.#ajv.getSchema(pointer);
    if (validate(value)) return [];
    return validate.errors.map(({ instancePath, message }) => ({
      property: propertyPath(instancePath),
      message: `OpenAPI: ${message}`,
    }));
  }
}

function harden(schemas) {
  const bases = Object.entries(schemas).filter(([, schema]) => schema.discriminator?.mapping);
  const parentsOf = new Map();
  for (const [base, { discriminator }] of bases) {
    for (const ref of Object.values(discriminator.mapping)) {
      const subtype = ref.slice(SCHEMA.length);
      parentsOf.set(subtype, [...(parentsOf.get(subtype) ?? []), SCHEMA + base]);
    }
  }
  const unions = new Map(bases.map(([base]) => [SCHEMA + base, `${SCHEMA}${base}Any`]));
  for (const [name, schema] of Object.entries(schemas))
    pointAtUnions(schema, unions, parentsOf.get(name) ?? []);
  for (const [base, schema] of bases) {
    schemas[`${base}Any`] = union(schema.discriminator);
    delete schema.discriminator;
  }
}

// Lets every reference to a base mean its union, but for the one by which a subtype inherits.
function pointAtUnions(node, unions, parents) {
  if (node === null || typeof node !== 'object') return;
  for (const [key, value] of Object.entries(node)) {
    if (key === 'discriminator') continue;
    if (key === '$ref' && unions.has(value) && !parents.includes(value)) node[key] = unions.get(value);
    else if (key === 'allOf') value.forEach((part) => pointAtUnions(part, unions, part.$ref ? parents : []));
    else pointAtUnions(value, unions, []);
  }
}

const union = ({ propertyName, mapping }) => ({
  oneOf: Object.entries(mapping).map(([value, $ref]) => ({
    allOf: [
      { $ref },
      { type: 'object', required: [propertyName], properties: { [propertyName]: { enum: [value] } } },
    ],
  })),
});
