// The sheets of a venue, for businesses without a printer.
import { download } from "../api.mjs";
import { el } from "../dom.mjs";
import { button } from "../fields.mjs";
import { problemPanel } from "../problems.mjs";

const DOCUMENTS = [["certificate", "取組書"], ["poster", "ポスター"], ["table-tent", "卓上の三角"], ["stickers", "シール"]];

export function documents(venueId) {
  const said = el("div", {});
  const fetchOne = async (name) => {
    said.replaceChildren();
    try {
      await download("/api/entries/document", { venue_id: venueId, document: name }, `${name}.pdf`);
    } catch (problem) {
      said.replaceChildren(problemPanel(problem));
    }
  };
  return el("section", {}, el("h2", {}, "書類（PDF）"),
    el("div", { class: "buttons" }, DOCUMENTS.map(([name, words]) => button(words, () => fetchOne(name), "second small"))), said);
}
