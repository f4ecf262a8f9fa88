// LINE's answers that are not success, in LINE's shapes and words.

export const error = (status, message, more = {}) => ({ status, body: { message, ...more } });

export const invalidReplyToken = () => error(400, 'Invalid reply token');
export const notFound = () => error(404, 'Not found');
export const rateLimited = () => error(429, 'The API rate limit has been exceeded. Try again later.');
export const quotaUsedUp = () => error(429, 'You have reached your monthly limit.');
export const internal = () => error(500, 'Internal server error');

export const unauthenticated = () => ({
  ...error(401, 'Authentication failed. Confirm that the access token in the authorization header is valid.'),
  headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
});

export const alreadyAccepted = ({ requestId, sentMessages }) => ({
  ...error(409, 'The retry key is already accepted', sentMessages && { sentMessages }),
  headers: { 'x-line-accepted-request-id': requestId },
});

// OAuth endpoints speak another form.
export const oauthError = (code, description) => ({
  status: 400,
  body: { error: code, error_description: description },
});

const inFlexContents = /^messages\[(\d+)\]\.contents(.*)$/;
const asPointer = (path) => path.replaceAll(/\[(\d+)\]/g, '/$1').replaceAll('.', '/') || '/';

// problems: [{message, property}]. What is wrong inside one Flex message is reported the way LINE
// does it, with a JSON pointer into its contents; everything else by property path.
export function invalidBody(problems) {
  const places = problems.map((problem) => inFlexContents.exec(problem.property));
  const message = places[0]?.[1];
  if (message !== undefined && places.every((place) => place?.[1] === message)) {
    const details = problems.map((problem, i) => ({
      message: problem.message,
      property: asPointer(places[i][2]),
    }));
    return error(400, `A message (messages[${message}]) in the request body is invalid`, { details });
  }
  return error(400, `The request body has ${problems.length} error(s)`, { details: problems });
}
