import type { Command } from 'commander';
import { both, help } from '../messages.ts';
import type { Act } from './context.ts';

export function addDemo(program: Command, act: (command: Command) => Act): void {
  const demo = program.command('demo').description(both(help.demo));
  demo.action(() =>
    act(demo)(async ({ out }) => {
      const [{ runDemo }, { withQuietRuntime }] = await Promise.all([import('../../demo/main.ts'), import('../quiet.ts')]);
      const code = await withQuietRuntime(() => runDemo({ json: out.json }));
      if (code !== 0) process.exitCode = code;
      return null;
    }),
  );
}
