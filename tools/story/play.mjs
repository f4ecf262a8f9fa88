// The story, played through the front door: register, scan, fall ill, enter, approve, be told.
import { registerByForm } from "./business.mjs";
import { HOUR, shortTime } from "./clock.mjs";
import { Line, wordsOf } from "./line.mjs";
import { Officer } from "./officer.mjs";
import { exposedUsers } from "./reference.mjs";
import { VENUES, placesOfCase, visitors } from "./world.mjs";

/** Throws unless `held`; `what` names the step's promise. */
function check(held, what) {
  if (!held) throw new Error(`守られませんでした: ${what}`);
}

/**
 * Plays the whole story on a running stack. `step(text)` is told of each step as it begins and
 * `note(text)` of what was seen. Throws at the first promise that does not hold. Returns the case.
 */
export async function playStory(stack, { step = () => {}, note = () => {} } = {}) {
  const line = new Line(stack.env.LINE_SANDBOX_URL);
  const pivot = Math.floor(stack.now() / 1000) * 1000 - 2 * HOUR;

  const shown = { step, note };
  const venues = await registerVenues(stack, shown);
  const people = await scanEverywhere(line, venues, visitors(pivot), shown);
  const finished = await tellTheExposed(stack, venues, placesOfCase(pivot), shown);
  await checkWhoWasTold(line, people, placesOfCase(pivot), finished, shown);
  return finished;
}

async function registerVenues(stack, { step, note }) {
  step("事業者が施設を登録する（ウェブのフォーム）");
  const venues = {};
  for (const [key, { name, kana, kind, address }] of Object.entries(VENUES)) {
    venues[key] = await registerByForm(stack.env, {
      name, kana, kind, address, postal_code: "231-0005", phone: "045-285-0536",
      email: `${key}@example.jp`, measures: "手指の消毒\n席の間隔をあける\n換気",
    });
    note(`${name}  施設コード ${venues[key].code}  ${venues[key].url}`);
  }
  return venues;
}

async function scanEverywhere(line, venues, people, { step, note }) {
  step(`利用者 ${people.length} 人がQRコードを読み取る（LINE）`);
  const users = await line.users(people.length, { friends: true });
  for (const [index, person] of people.entries()) {
    person.user = users[index].userId;
    for (const { venue, time } of person.scans) {
      const { status } = await line.scan(person.user, { png: venues[venue].png }, { timestamp: time });
      check(status === 200, `Webhookに200で答える（${status}）`);
    }
  }
  for (const person of people) {
    await line.settled(person.user, person.scans.length);
    const replies = (await line.replies(person.user)).map(wordsOf);
    check(replies.length === person.scans.length, `${person.name}に読み取りごとに一度返事をする`);
    check(replies.every((words, i) => words.includes(VENUES[person.scans[i].venue].name)),
      "返事に施設の名前がある");
    if (person.blocks) await line.block(person.user);
  }
  note(`返事の例: ${wordsOf((await line.replies(people[0].user))[0]).replace(/\n/g, " / ")}`);
  return people;
}

async function tellTheExposed(stack, venues, places, { step, note }) {
  const entering = new Officer(stack, "officer-a");
  const approving = new Officer(stack, "officer-b");

  step("担当職員が聞き取り票の場所と時間を入力する（oshirase-authority）");
  for (const { venue, from, to } of places) {
    note(`${VENUES[venue].name}  ${shortTime(from)} から ${shortTime(to)}`);
  }
  const began = Date.now();
  const id = await entering.submit({
    ref: "2020-0042",
    places: places.map((place) => ({ ...place, venue: venues[place.venue].code })),
  });
  const preview = await entering.preview(id);
  note(`対象の来店は最大 ${preview.at_most} 件（入力から ${seconds(began)} 秒）`);

  step("入力した職員は自分では承認できない");
  const refused = await entering.approve(id).then(() => undefined, (error) => error);
  check(refused?.exitCode === 3, "本人の承認は拒まれる");
  note(refused.stderr.trim().split("\n").pop());

  step("別の担当職員が承認し、送信が始まる");
  await approving.approve(id);
  const finished = await approving.watch(id);
  note(`状態 ${finished.state}、受付済み ${finished.accepted} 人、入力から最後の送信まで ` +
    `${finished.seconds_to_notice.toFixed(1)} 秒`);
  check(finished.state === "SENT", `すべて受け付けられる（${finished.state}）`);
  return finished;
}

async function checkWhoWasTold(line, people, places, finished, { step, note }) {
  step("居合わせた人だけに、一通ずつ届く");
  const visits = people.flatMap(({ user, scans }) => scans.map((scan) => ({ user, ...scan })));
  const exposures = places.map((place) => ({ ...place, stay: VENUES[place.venue].stay }));
  const exposed = exposedUsers(visits, exposures);

  for (const person of people) {
    const notices = await line.notices(person.user);
    const expected = exposed.has(person.user) && !person.blocks;
    check(expected === person.told, `${person.name}: 筋書きと基準が一致する`);
    check(notices.length === (expected ? 1 : 0), `${person.name}: ${person.why}（${notices.length} 通）`);
    note(`${person.told ? "届いた  " : "届かない"}  ${person.name}  ${person.why}`);
  }
  const told = people.filter((person) => person.told);
  check(finished.accepted === told.length, "受付済みの人数が合う");
  const words = wordsOf((await line.notices(told[0].user))[0]);
  check(words.includes(finished.notice_number) || words.includes(finished.notice_number.match(/.{1,4}/g).join("-")),
    "お知らせ番号が文面にある");
  note(`文面:\n${words}`);
  const problems = await line.problems();
  check(problems.length === 0, `LINEの仕様に合わない送信がない: ${JSON.stringify(problems).slice(0, 500)}`);
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}
