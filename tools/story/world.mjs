// The story's world: three venues, forty visitors, and for each visitor why they are told or not.
import { HOUR, MINUTE } from "./clock.mjs";

const SECOND = 1000;

export const VENUES = {
  take: { name: "居酒屋たけ", kana: "いざかやたけ", kind: "bar", address: "横浜市中区本町1-1", stay: 3 * HOUR },
  matsu: { name: "喫茶まつ", kana: "きっさまつ", kind: "restaurant", address: "横浜市西区みなとみらい2-3", stay: 2 * HOUR },
  umi: { name: "海の映画館", kana: "うみのえいがかん", kind: "cinema", address: "藤沢市片瀬4-5", stay: 3 * HOUR },
};

/** The patient's evening around `pivot`, which the story puts at midnight. */
export function placesOfCase(pivot) {
  return [
    { venue: "matsu", from: pivot - 4 * HOUR, to: pivot - 3 * HOUR },
    { venue: "take", from: pivot - 90 * MINUTE, to: pivot + 40 * MINUTE },
  ];
}

/** Forty visitors: {name, scans: [{venue, time}], blocks, told, why}. */
export function visitors(pivot) {
  const [matsu, take] = placesOfCase(pivot);
  const linger = 30 * MINUTE;
  const visitor = (told, why, ...scans) => ({ told, why, scans, blocks: false });
  const at = (venue, time) => ({ venue, time });

  const list = [
    visitor(true, "居酒屋: 滞在の終わりが患者の到着の1秒後", at("take", take.from - VENUES.take.stay + SECOND)),
    visitor(false, "居酒屋: 滞在の終わりが患者の到着とちょうど同じ", at("take", take.from - VENUES.take.stay)),
    visitor(true, "居酒屋: 余裕30分の終わる1秒前に来店", at("take", take.to + linger - SECOND)),
    visitor(false, "居酒屋: 余裕30分が終わったときに来店", at("take", take.to + linger)),
    visitor(true, "喫茶店: 滞在の終わりが患者の到着の1秒後", at("matsu", matsu.from - VENUES.matsu.stay + SECOND)),
    visitor(false, "喫茶店: 滞在の終わりが患者の到着とちょうど同じ", at("matsu", matsu.from - VENUES.matsu.stay)),
    visitor(true, "居酒屋: 三回読み取った（お知らせは一通）",
      at("take", take.from + MINUTE), at("take", take.from + 2 * MINUTE), at("take", take.from + HOUR)),
    visitor(true, "喫茶店と居酒屋の両方（お知らせは一通）", at("matsu", matsu.from), at("take", take.from)),
    { ...visitor(false, "居酒屋: 居合わせたが、アカウントをブロックした", at("take", take.from + 10 * MINUTE)), blocks: true },
    visitor(true, "居酒屋: 日付が変わる直前に来店", at("take", pivot - SECOND)),
    visitor(true, "居酒屋: 日付が変わったちょうどそのときに来店", at("take", pivot)),
  ];
  for (let i = 0; i < 12; i++) list.push(visitor(true, "居酒屋: 同じ時間帯", at("take", take.from + i * 10 * MINUTE)));
  for (let i = 0; i < 6; i++) list.push(visitor(true, "喫茶店: 同じ時間帯", at("matsu", matsu.from + i * 9 * MINUTE)));
  for (let i = 0; i < 6; i++) list.push(visitor(false, "映画館だけ（症例にない施設）", at("umi", take.from + i * 5 * MINUTE)));
  for (let i = 0; i < 5; i++) list.push(visitor(false, "居酒屋: 患者が来る何時間も前", at("take", pivot - 9 * HOUR + i * 7 * MINUTE)));
  return list.map((entry, index) => ({ ...entry, name: `利用者${String(index + 1).padStart(2, "0")}` }));
}
