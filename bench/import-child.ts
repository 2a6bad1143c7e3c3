/** One import in a process of its own, so that its memory is its own. Prints seconds, peak RSS in KB and the duplicates. */
import { runCli } from '../cli/run.ts';

const begun = performance.now();
let said = '';
const code = await runCli(['--json', 'import', process.argv[2] ?? '', '--as', 'li'], { stdout: { write: (text: string) => (said += text) }, stderr: process.stderr, env: process.env, now: Date.now });
if (code !== 0) throw new Error(`the import ended with ${code}: ${said.slice(0, 500)}`);
const { counts } = JSON.parse(said) as { counts: { duplicate: number } };
process.stdout.write(JSON.stringify({ seconds: (performance.now() - begun) / 1000, maxRss: process.resourceUsage().maxRSS, duplicate: counts.duplicate }));
