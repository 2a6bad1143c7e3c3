/** How fast does a file of a hundred thousand ratings come in, and how much memory does its reader take? The stack is a real one beside it. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnv, dataFolder, removeFolder, start, xiaohao } from '../test/support/cli.ts';
import type { Row } from './row.ts';

const rows = 100_000;
/** Two in a thousand are bad and open a case: what a case costs is measured elsewhere. */
const badEvery = 500;

export async function importFile(): Promise<Row[]> {
  const dataDir = await dataFolder();
  const stack = await start(dataDir);
  try {
    await xiaohao(dataDir, ['directory', 'import', 'docs/examples/directory.json']);
    const path = join(dataDir, 'ratings.csv');
    await writeRatings(path);
    const first = await timed(dataDir, path);
    const again = await timed(dataDir, path);
    const note = `${rows} rows, ${rows / badEvery} cases; peak of the importing process ${Math.round(first.maxRss / 1024)} MB`;
    return [
      { zh: '导入评价', question: 'ratings taken in', measured: rows / first.seconds, unit: 'rows/s', note },
      { zh: '再导入一次', question: 'the same file again', measured: rows / again.seconds, unit: 'rows/s', note: `${again.duplicate} duplicates` },
      { zh: '导入进程内存峰值', question: 'peak memory of the import', measured: first.maxRss / 1024, unit: 'MB' },
    ];
  } finally {
    await stack.stop();
    await removeFolder(dataDir);
  }
}

async function writeRatings(path: string): Promise<void> {
  const out = createWriteStream(path);
  out.write('办件编号,服务次数,实施清单编码,事项名称,评价等级,文字评价,评价时间,受理时间,评价人,手机号,单位名称,领域\n');
  for (let n = 0; n < rows; n += 1) {
    const bad = n % badEvery === 0;
    const line = `YC2026${String(n).padStart(8, '0')},1,JY-RX-01,随迁子女入学,${bad ? 1 : 5},${bad ? '跑了三趟' : '很快'},2026-03-01 10:00:00,2026-02-01,某${n % 97},138${String(n).padStart(8, '0')},市教育局,教育\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

type Timed = { seconds: number; maxRss: number; duplicate: number };
async function timed(dataDir: string, path: string): Promise<Timed> {
  const script = fileURLToPath(new URL('./import-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, path], { env: cleanEnv({ XIAOHAO_DATA: dataDir }), stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  await once(child, 'close');
  return JSON.parse(said) as Timed;
}
