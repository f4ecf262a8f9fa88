// The API's own description (OpenAPI 3.1), as an outside validator reads it: every request and answer
// that a test makes is held to it, and what was seen is counted.
import assert from "node:assert/strict";

import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
const escapeStep = (step) => encodeURIComponent(step.replaceAll("~", "~0").replaceAll("/", "~1"));

export class ApiDescription {
  #ajv;
  #document;
  #validators = new Map();
  #operations = [];
  /** "addVenue 201" for each answer seen. */
  seen = new Set();

  constructor(document) {
    this.#document = document;
    // OpenAPI's own words (example, contentMediaType) are not JSON Schema's.
    this.#ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false });
    addFormats(this.#ajv);
    this.#ajv.addSchema(document, "openapi.json");
    for (const [template, item] of Object.entries(document.paths)) {
      const pattern = new RegExp(`^${template.replace(/[.]/g, "\\.").replace(/\{[^}]+\}/g, "([^/]+)")}$`);
      for (const method of METHODS.filter((name) => item[name])) {
        const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
        const pointer = `#/paths/${escapeStep(template)}/${method}`;
        this.#operations.push({ method, template, pattern, names, pointer, item, ...item[method] });
      }
    }
  }

  get operations() {
    return this.#operations;
  }

  /** Whether the document is OpenAPI 3.1, by the official schema, with right examples. */
  async assertValid() {
    const validator = new Validator({ strict: true });
    const { valid, errors } = await validator.validate(structuredClone(this.#document));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, "3.1");
    for (const [name, schema] of Object.entries(this.#document.components.schemas)) {
      for (const example of schema.examples ?? []) this.#assertSchema(`#/components/schemas/${name}`, example, `example of ${name}`);
      for (const [member, { examples = [] }] of Object.entries(schema.properties ?? {})) {
        for (const example of examples) this.#assertSchema(`#/components/schemas/${name}/properties/${member}`, example, `example of ${name}.${member}`);
      }
    }
    const ids = this.#operations.map(({ operationId }) => operationId);
    assert.equal(new Set(ids).size, ids.length, "operation ids are unique");
  }

  /** "addVenue 201" for each answer that the document names. */
  documented() {
    return this.#operations.flatMap(({ operationId, responses }) =>
      Object.keys(responses).filter((status) => status !== "default").map((status) => `${operationId} ${status}`));
  }

  find(method, path) {
    return this.#operations.find((one) => one.method === method.toLowerCase() && one.pattern.test(path));
  }

  /** Holds one exchange to the document: {method, url, headers, body, status, answerHeaders, answerBody}. */
  check(exchange) {
    const { pathname } = new URL(exchange.url);
    const operation = this.find(exchange.method, pathname);
    const what = `${exchange.method} ${pathname} ${exchange.status}`;
    if (!operation) {
      assert.ok([404, 405].includes(exchange.status), `${what}: not described`);
      this.#checkContent({ $ref: "#/components/responses/Problem" }, "#/components/responses/Problem", exchange, what);
      return;
    }
    this.seen.add(`${operation.operationId} ${exchange.status}`);
    const status = operation.responses[exchange.status] ? exchange.status : "default";
    this.#checkContent(operation.responses[status], `${operation.pointer}/responses/${status}`, exchange, what);
    const wrong = this.#wrongInRequest(operation, exchange);
    if (exchange.status < 400) assert.deepEqual(wrong, [], `${what}: taken although the document forbids it`);
    return { operation, wrong };
  }

  #checkContent(response, pointer, exchange, what) {
    const at = response.$ref ?? pointer;
    const resolved = this.#resolve(response);
    for (const [name, header] of Object.entries(resolved.headers ?? {})) {
      const value = exchange.answerHeaders.get(name);
      if (value === null) assert.ok(!header.required, `${what}: no ${name}`);
      else this.#assertSchema(`${at}/headers/${name}/schema`, this.#coerced(header.schema, value), `${what}: ${name}`);
    }
    const type = (exchange.answerHeaders.get("content-type") ?? "").split(";")[0];
    assert.ok(resolved.content?.[type], `${what}: ${type} is not described`);
    if (!type.endsWith("json")) return;
    const value = JSON.parse(exchange.answerBody);
    this.#assertSchema(`${at}/content/${escapeStep(type)}/schema`, value, what);
    if (type === "application/problem+json") assert.equal(value.status, exchange.status, what);
  }

  #wrongInRequest(operation, { url, headers, body }) {
    const { pathname, searchParams } = new URL(url);
    const wrong = [];
    const inPath = Object.fromEntries(operation.pattern.exec(pathname).slice(1).map((value, i) => [operation.names[i], decodeURIComponent(value)]));
    for (const given of [...(operation.item.parameters ?? []), ...(operation.parameters ?? [])]) {
      const parameter = this.#resolve(given);
      const value = { path: inPath[parameter.name], query: searchParams.get(parameter.name), header: headers.get(parameter.name) }[parameter.in];
      if (value === null || value === undefined) {
        if (parameter.required) wrong.push(`no ${parameter.name}`);
      } else if (!this.#validatorOf(parameter.schema)(this.#coerced(parameter.schema, value))) {
        wrong.push(parameter.name);
      }
    }
    if (operation.requestBody) wrong.push(...this.#wrongInBody(operation, headers, body));
    return wrong;
  }

  #wrongInBody(operation, headers, body) {
    const type = (headers.get("content-type") ?? "").split(";")[0];
    if (!operation.requestBody.content[type]) return [`a body of ${type || "no type"}`];
    if (type === "text/csv") return [];
    let value;
    try {
      value = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.from(body ?? "")));
    } catch {
      return ["the JSON"];
    }
    const validator = this.#validator(`${operation.pointer}/requestBody/content/${escapeStep(type)}/schema`);
    return validator(value) ? [] : validator.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  }

  #resolve(object) {
    if (!object.$ref) return object;
    return object.$ref.slice(2).split("/").reduce((at, step) => at[step], this.#document);
  }

  #coerced(schema, text) {
    if (schema.type === "integer" && /^-?\d+$/.test(text)) return Number(text);
    if (schema.type === "boolean" && /^(true|false)$/.test(text)) return text === "true";
    return text;
  }

  #validator(pointer) {
    if (!this.#validators.has(pointer)) this.#validators.set(pointer, this.#ajv.compile({ $ref: `openapi.json${pointer}` }));
    return this.#validators.get(pointer);
  }

  #validatorOf(schema) {
    if (!this.#validators.has(schema)) this.#validators.set(schema, this.#ajv.compile(schema));
    return this.#validators.get(schema);
  }

  #assertSchema(pointer, value, what) {
    const validator = this.#validator(pointer);
    assert.ok(validator(value), `${what}: ${this.#ajv.errorsText(validator.errors)}: ${JSON.stringify(value).slice(0, 500)}`);
  }
}
