// One entry of the register: what it says, its certificates, its history, what can be done.
import { ask } from "../api.mjs";
import { el, told } from "../dom.mjs";
import { facts, loading, table, tag, titleLine } from "../page.mjs";
import { linkTo } from "../router.mjs";
import { action, actor, certificateState, day, grouped, postalCode, time } from "../words.mjs";
import { actions } from "./actions.mjs";
import { documents } from "./documents.mjs";
import { byGroup, catalogue } from "./measures.mjs";
import { stateTag } from "./register.mjs";

const OWN = "独自の取組";

function detailFacts(details, { industries, fields }) {
  const label = (name) => fields.find((field) => field.name === name).label;
  const kind = industries.find((industry) => industry.kind === details.kind)?.name ?? details.kind;
  const yes = (flag) => (flag ? "はい" : "いいえ");
  const text = (name) => [label(name), details[name] ? told(details[name]) : "–"];
  return [
    text("name"), text("kana"), [label("kind"), kind], text("business_name"),
    [label("postal_code"), postalCode(details.postal_code) || "–"], text("municipality"),
    text("address"), text("phone"), text("email"),
    details.event_start_time && [label("event_start_time"), time(details.event_start_time)],
    details.event_end_time && [label("event_end_time"), time(details.event_end_time)],
    details.parent_venue_id && [label("parent_venue_id"), 
      el("a", { href: linkTo("/register/entry/:id", details.parent_venue_id) }, "開く")],
    [label("name_consent"), yes(details.name_consent)], [label("listed"), yes(details.listed)],
  ].filter(Boolean);
}

function measuresOf(entry) {
  const groups = byGroup(entry.measures.map((measure) => ({ ...measure, group: measure.group || OWN })));
  const line = ({ text, is_new: isNew }) => el("li", {}, told(text), isNew && [" ", tag("New!", "good")]);
  return el("section", {}, el("h2", {}, "取組"), groups.map(([group, measures]) => [
    el("h3", {}, group), el("ul", { class: "checked" }, measures.map(line))]));
}

function certificatesOf(entry) {
  return el("section", {}, el("h2", {}, "取組書の一覧"), table("取組書の一覧", ["番号", "版", "発行", "状態"],
    entry.certificates.map(({ number, version, issued_at: issued, state }) => [grouped(number), `第${version}版`, time(issued), certificateState(state)])));
}

function historyOf(entry, { fields }) {
  const label = (name) => fields.find((field) => field.name === name)?.label ?? name;
  return el("section", {}, el("h2", {}, "履歴"), table("履歴", ["時刻", "だれ", "何を", "項目", "理由"],
    entry.changes.map((change) => [time(change.time), actor(change.actor), action(change.action),
      change.fields.map(label).join("、"), change.reason ? told(change.reason) : ""])));
}

function content(entry, known, changed) {
  const { certificate } = entry;
  return el("div", { class: "two" },
    el("div", {},
      el("section", {}, el("h2", {}, "登録の内容"), facts(detailFacts(entry.details, known))),
      measuresOf(entry), certificatesOf(entry), historyOf(entry, known)),
    el("aside", { class: "beside", "aria-label": "状態とできること" },
      el("section", {}, el("h2", {}, "状態"), facts([
        ["状態", [stateTag(entry.state), entry.details.drill && [" ", tag("訓練")]]],
        ["取組書", certificate ? `${grouped(certificate.number)}　第${certificate.version}版（${certificateState(certificate.state)}）` : "–"],
        ["施設コード", grouped(entry.venue_code)], ["登録", time(entry.registered_at)], ["現地確認", day(entry.inspected_at)],
        ["版", String(entry.revision)],
      ])),
      actions(entry, changed), documents(entry.venue_id)));
}

export async function open({ id }) {
  const [known, first] = await Promise.all([catalogue(), ask("/api/entries", { key: id })]);
  let entry = first;
  const part = loading(() => content(entry, known, changed));
  async function changed() {
    entry = await ask("/api/entries", { key: id });
    await part.reload();
  }
  return [
    el("p", { class: "back" }, el("a", { href: linkTo("/register") }, "台帳へ")),
    titleLine(told(entry.details.name),
      el("a", { class: "button button-small", href: linkTo("/register/entry/:id/correct", id) }, "訂正する")),
    part,
  ];
}
