// Names for visitors who were given none: invented, and told apart by a number after one round.

const FAMILY = '佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田'.split(' ');
const GIVEN = '葵 陽翔 凛 湊 結菜 蓮 陽菜 樹 芽依 大和 紬 悠真 咲良'.split(' ');

// The two lists' lengths have no common divisor, so all pairs come up before the first returns.
export function sampleName(n) {
  const round = Math.floor(n / (FAMILY.length * GIVEN.length));
  const name = `${FAMILY[n % FAMILY.length]} ${GIVEN[n % GIVEN.length]}`;
  return round === 0 ? name : `${name} ${round + 1}`;
}
