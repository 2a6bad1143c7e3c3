import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Alarm } from '../activities/index.ts';

/** 告警: a line in `alarms.jsonl` of the data folder, and on stderr. */
export const alarmFile =
  (dataDir: string): Alarm =>
  async (alarm) => {
    const line = JSON.stringify(alarm);
    process.stderr.write(`告警 ALARM ${line}\n`);
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await appendFile(join(dataDir, 'alarms.jsonl'), `${line}\n`, { mode: 0o600 });
  };
