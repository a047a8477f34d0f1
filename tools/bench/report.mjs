// The table: both figures, the ratio, the bound of the first landing, met or not.
const number = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

const atLeast = (bound) => ({ text: `≥ ${bound}`, met: (value) => value >= bound });
const below = (bound, unit) => ({ text: `< ${bound} ${unit}`, met: (value) => value < bound });
const within = (bound) => ({ text: `≤ ${bound} ms`, met: (value) => value <= bound });

function ratioRow(name, product, base, bound, unit) {
  const ratio = product / base;
  return [
    name,
    `${number(product)} ${unit}`,
    `${number(base)} ${unit}`,
    ratio.toFixed(3),
    bound?.text ?? 'shown',
    bound === null ? '' : bound.met(ratio) ? 'met' : 'MISSED',
  ];
}

const plainRow = (name, value, shown, bound) => [name, shown, '', '', bound.text, bound.met(value) ? 'met' : 'MISSED'];

function engineRows(run) {
  const name = run.engine === 'sqlite' ? 'SQLite' : 'MariaDB';
  const { ceiling, hot, raw, open, signIns, sessions } = run;
  const memoryMb = Math.max(...run.closed.map((one) => one.memoryMb), hot.memoryMb, open.memoryMb);
  const p = (latency) => `p50 ${number(latency.p50)}, p99 ${number(latency.p99)} ms`;
  const rows = [
    ratioRow(
      `${name}: metered pairs, 64 organizations (R0)`,
      ceiling.perSecond,
      raw.perSecond,
      atLeast(run.engine === 'sqlite' ? 0.15 : 0.05),
      '/s',
    ),
    ratioRow(`${name}: the same, one hot organization`, hot.perSecond, raw.perSecond, null, '/s'),
    plainRow(`${name}: start at half load (${number(open.rate)} pairs/s)`, open.start.p99, p(open.start), within(60)),
    plainRow(`${name}: check at half load`, open.check.p99, p(open.check), within(50)),
    ratioRow(`${name}: password sign-ins ÷ bcrypt`, signIns.product, signIns.bare, atLeast(0.8), '/s'),
    ratioRow(`${name}: session check ÷ bare route`, sessions.product, sessions.bare, atLeast(0.3), '/s'),
  ];
  if (run.engine === 'sqlite') {
    rows.push(
      plainRow('Embedded: resident memory under load', memoryMb, `${memoryMb.toFixed(0)} MB`, below(350, 'MB')),
    );
  } else {
    rows.push([`${name}: resident memory of the API under load`, `${memoryMb.toFixed(0)} MB`, '', '', 'shown', '']);
  }
  return rows;
}

function notes(run) {
  const { ceiling, open, fsync, raw } = run;
  const perPair = Object.entries(ceiling.perPair)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count.toFixed(2)}`)
    .join(', ');
  return [
    `${run.engine}: ${run.settings}; binary log ${run.binlog}; fdatasync of 4 KiB p50 ${number(fsync.p50)} ms, p99 ${number(fsync.p99)} ms`,
    `  B0 at ${raw.connections} connection(s), rows of about ${raw.width} characters; R at ${ceiling.clients} clients: ${number(ceiling.apiCpuMsPerPair)} ms of CPU a pair in the API, ${number(ceiling.generatorCpuMsPerPair)} ms in the generator and fake provider`,
    `  by pair: ${perPair}; machine ${(ceiling.machineBusy * 100).toFixed(0)} % busy`,
    `  from the answer of a start to the provider's socket at half load: p50 ${number(open.toProvider.p50)} ms, p99 ${number(open.toProvider.p99)} ms`,
    `  one hot organization at half of its load: start p99 ${number(run.openHot.start.p99)} ms, check p99 ${number(run.openHot.check.p99)} ms`,
    `  CPU of a session check ${number(run.sessions.productCpuMicros)} µs, of the bare route ${number(run.sessions.bareCpuMicros)} µs`,
    `  correct: ${run.correct.pairs} pairs = ${run.correct.sends} sends = ${run.correct.started} started = ${run.correct.validated} validated; ledger of ${run.correct.ledgerTransactions} transactions clean`,
  ].join('\n');
}

/** @returns Markdown */
export function report({ machine, runs, secondStart }) {
  const rows = runs.flatMap(engineRows);
  if (secondStart !== null) {
    const { seconds } = secondStart;
    rows.push(plainRow('`npm start`, second time, to first answer', seconds, `${seconds.toFixed(2)} s`, below(6, 's')));
  }
  const head = ['', 'Tollgate', 'Baseline', 'Ratio', 'First landing', ''];
  const widths = head.map((text, column) => Math.max(text.length, ...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(Math.max(3, width))).join(' | ')} |`;
  const where = `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB, load ${machine.load.join(' ')} at the start; Node ${machine.node}, commit ${machine.commit}`;
  return [where, '', line(head), rule, ...rows.map(line), '', ...runs.map(notes)].join('\n');
}
