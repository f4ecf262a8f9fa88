// LINE's OpenAPI for those tests that hold the sandbox itself against it.

import { fileURLToPath } from 'node:url';
import { OpenApi } from '../validation/openapi.mjs';

const DIR =
  process.env.LINE_OPENAPI_DIR ?? fileURLToPath(new URL('../../../../shared/line/openapi', import.meta.url));

// Undefined, with a note in the test's output, where LINE's files are not at hand.
export function openApiFor(t, file) {
  const openApi = OpenApi.load(DIR, file);
  if (!openApi) t.diagnostic(`LINE_OPENAPI_DIR holds no ${file}: not held against LINE's OpenAPI`);
  return openApi;
}
