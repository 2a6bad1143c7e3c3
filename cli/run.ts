import { errorDocument, explain, failureOf } from './exit.ts';
import { buildProgram, type Surroundings } from './program.ts';

/** Runs one command line and says with which code the process should end. The one place that prints errors. */
export async function runCli(words: readonly string[], around: Surroundings): Promise<number> {
  try {
    await buildProgram(around).parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) return 0;
    if (words.includes('--json')) around.stdout.write(`${JSON.stringify(errorDocument(failure))}\n`);
    else around.stderr.write(`${explain(failure)}\n`);
    return failure.exit;
  }
}
