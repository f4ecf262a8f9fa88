// What processes cost, read from /proc: each counted together with everything it has started.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const TICKS_PER_SECOND = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** A line of /proc/PID/stat. `ticks` includes the children that have ended. */
export function parseStat(text) {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { parent: Number(fields[1]), ticks };
}

/** All processes by their number. */
function processTable() {
  const table = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      table.set(Number(name), parseStat(readFileSync(`/proc/${name}/stat`, "utf8")));
    } catch {
      // Ended meanwhile: its parent has its time.
    }
  }
  return table;
}

/** The numbers of `root` and of all its descendants. */
export function familyOf(root, table) {
  const children = new Map();
  for (const [pid, { parent }] of table) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const family = [];
  const pending = [root];
  while (pending.length > 0) {
    const pid = pending.pop();
    if (!table.has(pid)) continue;
    family.push(pid);
    pending.push(...(children.get(pid) ?? []));
  }
  return family;
}

/** CPU seconds used so far by each of `roots` ({name: pid}) with its family. */
export function cpuSeconds(roots) {
  const table = processTable();
  return mapValues(roots, (pid) => {
    const ticks = familyOf(pid, table).reduce((sum, member) => sum + table.get(member).ticks, 0);
    return ticks / TICKS_PER_SECOND;
  });
}

/** Memory in use now by each of `roots` with its family, in MiB; PSS shares out what is shared. */
export function memoryMiB(roots) {
  const table = processTable();
  return mapValues(roots, (root) => {
    const sum = { rss: 0, pss: 0 };
    for (const pid of familyOf(root, table)) {
      const { rss, pss } = readRollup(pid);
      sum.rss += rss;
      sum.pss += pss;
    }
    return sum;
  });
}

function readRollup(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const mib = (name) => Number(text.match(new RegExp(`^${name}:\\s+(\\d+) kB`, "m"))[1]) / 1024;
    return { rss: mib("Rss"), pss: mib("Pss") };
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH") return { rss: 0, pss: 0 };
    throw error;
  }
}

export function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
