// CSV (RFC 4180) as a spreadsheet reads it.

/** The rows of `text`, each a list of cells. */
export function parseCsv(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const two = text.slice(i, i + 2);
    if (quoted && two === '""') {
      cell += '"';
      i++;
    } else if (text[i] === '"') {
      quoted = !quoted;
    } else if (!quoted && (text[i] === "," || two === "\r\n")) {
      rows.at(-1).push(cell);
      cell = "";
      if (two === "\r\n") {
        rows.push([]);
        i++;
      }
    } else {
      cell += text[i];
    }
  }
  return rows.slice(0, -1);
}
