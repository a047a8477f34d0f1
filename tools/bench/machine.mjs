// What the figures were taken on.
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { percentiles } from './pairs.mjs';

/** Milliseconds of a 4 KiB write with fdatasync, appended as logs are. */
export function measureFsync(parent, times = 300) {
  const folder = mkdtempSync(join(parent, 'fsync-'));
  const file = openSync(join(folder, 'log'), 'a');
  const block = Buffer.alloc(4_096, 1);
  const took = [];
  for (let index = 0; index < times; index += 1) {
    const began = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    took.push(performance.now() - began);
  }
  closeSync(file);
  rmSync(folder, { recursive: true });
  return percentiles(took);
}

/** Share of the machine's CPU time that was used since the call before, by everybody on it. */
export function busyMeter() {
  const read = () => {
    const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).map(Number);
    return { all: fields.slice(0, 8).reduce((sum, value) => sum + value, 0), idle: fields[3] + fields[4] };
  };
  let before = read();
  return () => {
    const now = read();
    const busy = 1 - (now.idle - before.idle) / Math.max(1, now.all - before.all);
    before = now;
    return busy;
  };
}

export function machineFacts() {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    load: loadavg().map((value) => Math.round(value * 10) / 10),
    node: process.version,
    commit,
  };
}
