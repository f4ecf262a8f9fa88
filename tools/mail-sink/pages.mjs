// The two pages a person reads mail on.

const STYLE = `
  body { font: 16px/1.6 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem }
  table { border-collapse: collapse; width: 100% }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem }
  tr { border-bottom: 1px solid #ccc }
  pre { white-space: pre-wrap; background: #f4f4f4; padding: 1rem }
  iframe { width: 100%; height: 40rem; border: 1px solid #ccc }
`;

function escape(text) {
  const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return String(text).replace(/[&<>"']/g, (character) => entities[character]);
}

function page(title, body) {
  return `<!doctype html>
<html lang="ja"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title><style>${STYLE}</style><h1>${escape(title)}</h1>
${body}</html>
`;
}

/** Every message in a table, newest first. */
export function inboxPage(messages) {
  if (messages.length === 0) return page('Mail', '<p>まだ届いていません。 No mail yet.</p>');
  const rows = [...messages].reverse().map(
    (message) => `<tr><td>${escape(message.time)}<td>${escape(message.to.join(', '))}
<td><a href="/messages/${message.id}">${escape(message.subject || '(no subject)')}</a></tr>`,
  );
  return page('Mail', `<table><tr><th>Time<th>To<th>Subject</tr>${rows.join('\n')}</table>`);
}

/** One message: its text, its HTML in a frame without rights, its attachments to download. */
export function messagePage(message) {
  const attachments = message.attachments.map(
    (part, index) => `<li><a href="/messages/${message.id}/attachments/${index}">
${escape(part.filename || 'attachment')}</a> (${escape(part.contentType)}, ${part.size} bytes)`,
  );
  return page(
    message.subject || '(no subject)',
    `<p><a href="/">All mail</a>
<p>From ${escape(message.from)} to ${escape(message.to.join(', '))}, ${escape(message.time)}
${attachments.length ? `<ul>${attachments.join('\n')}</ul>` : ''}
<pre>${escape(message.text)}</pre>
${message.html ? `<iframe sandbox src="/messages/${message.id}/html"></iframe>` : ''}`,
  );
}
