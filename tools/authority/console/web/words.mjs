// The words for what the program answers in its own terms.

const VENUE_STATES = { OPEN: "利用中", CLOSED: "閉鎖", SUSPENDED: "停止中" };
const CERTIFICATE_STATES = { CURRENT: "有効", SUPERSEDED: "旧版", WITHDRAWN: "取り消し" };
const SUBJECTS = {
  FALSE_CERTIFICATE: "偽物や、よその取組書",
  TAMPERED_QR: "QRコードの貼り替え",
  MEASURES_NOT_TAKEN: "対策が行われていない",
};
const ACTIONS = {
  registered: "登録", corrected: "訂正", changed: "変更", "code-replaced": "QRコードの交換", closed: "閉鎖", opened: "再開",
  suspended: "停止", inspected: "現地で確認", "inspected-unconfirmed": "現地で確認できず", withdrawn: "取組書の取り消し",
  reissued: "取組書の再発行", "notice-mailed": "お知らせのメール",
};
const ACTORS = { business: "事業者", "business-api": "事業者のプログラム" };
const ROLES = {
  submit: "症例の入力", approve: "症例の承認", audit: "監査", operate: "運用", drill: "訓練", desk: "登録担当",
};

const wordOf = (words) => (key) => words[key] ?? key;

export const venueState = wordOf(VENUE_STATES);
export const certificateState = wordOf(CERTIFICATE_STATES);
export const reportSubject = wordOf(SUBJECTS);
export const action = wordOf(ACTIONS);
export const roleName = wordOf(ROLES);

/** "事業者", or "職員 desk" for "officer/desk". */
export function actor(name) {
  return name.startsWith("officer/") ? `職員 ${name.slice("officer/".length)}` : wordOf(ACTORS)(name);
}

/** "2020-06-01 19:00" of "2020-06-01T19:00:00+09:00"; "–" for never. */
export const time = (text) => (text ? text.slice(0, 16).replace("T", " ") : "–");

/** "2020-06-01", or "–". */
export const day = (text) => (text ? text.slice(0, 10) : "–");

/** Codes and numbers as they are printed: in groups of four. */
export const grouped = (text) => text.match(/.{1,4}/gu)?.join("-") ?? "";

/** "231-0005" of seven digits. */
export const postalCode = (text) => (/^\d{7}$/.test(text) ? `${text.slice(0, 3)}-${text.slice(3)}` : text);
