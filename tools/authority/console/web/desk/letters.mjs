// The letters to the desk: enquiries of businesses, and reports of false certificates and QR codes.
import { ask } from "../api.mjs";
import { el } from "../dom.mjs";
import { boxField } from "../fields.mjs";
import { loading, Paging, titleLine } from "../page.mjs";
import { letterCard } from "./letter.mjs";

const TITLES = { enquiries: "問い合わせ", reports: "通報" };

export function open(kind) {
  let paging = new Paging();
  const box = boxField({ name: "all", label: "閉じたものも見る" });
  const list = loading(async () => {
    const all = box.querySelector("input").checked;
    const { letters, next } = await ask("/api/letters", { kind, all: all ? "true" : "", page: paging.current });
    paging.next = next;
    if (letters.length === 0) return el("p", { role: "status" }, all ? "ありません。" : "未回答のものはありません。");
    return [letters.map(letterCard), paging.buttons(turn)];
  });

  async function turn() {
    await list.reload();
    list.querySelector("h2")?.focus();
  }

  box.addEventListener("change", () => {
    paging = new Paging();
    list.reload();
  });
  return [titleLine(TITLES[kind]), box, list];
}
