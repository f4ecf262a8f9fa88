// LINE's checklist against the running suite, through the front door: C01-C25 for receiving, C30-C38
// and C40 for sending. What each item asks is in docs/line-conformance.md, with the tests that show it.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { before, describe } from "node:test";

import { durability, events, replies } from "./support/conformance_events.mjs";
import { Kit } from "./support/conformance_kit.mjs";
import { bodies, signatures } from "./support/conformance_receiving.mjs";
import { following, sending, sent } from "./support/conformance_sending.mjs";
import { vectorSecrets } from "./support/conformance_vectors.mjs";
import { stackForTests } from "./support/stacks.mjs";

describe("conformance to LINE", () => {
  const stack = stackForTests({ settings: ["notifier.SENDER_WORKERS=1"] });
  const kit = new Kit(stack);

  // The gateway accepts the secrets of the vectors too, as during a change of the channel's secret.
  before(async () => {
    const file = path.join(stack.dir, "all-channel-secrets");
    writeFileSync(file, [stack.env.LINE_CHANNEL_SECRET, ...vectorSecrets, ""].join("\n"), { mode: 0o600 });
    stack.settings.push(`gateway.LINE_CHANNEL_SECRET_FILE=${file}`);
    await stack.up();
  }, { timeout: 120_000 });

  signatures(kit);
  bodies(kit);
  durability(kit);
  events(kit);
  replies(kit);
  following(kit);
  sending(kit);
  sent(kit);
});
