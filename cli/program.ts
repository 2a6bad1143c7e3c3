import { Command } from 'commander';
import { addBoard } from './commands/board.ts';
import { addCalendar } from './commands/calendar.ts';
import { addCase } from './commands/case.ts';
import { addChart } from './commands/chart.ts';
import { addCluster } from './commands/cluster.ts';
import type { Act, Run } from './commands/context.ts';
import { addDemo } from './commands/demo.ts';
import { addDirectory } from './commands/directory.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDraw } from './commands/draw.ts';
import { addExhibit } from './commands/exhibit.ts';
import { addFeedback } from './commands/feedback.ts';
import { addLedger } from './commands/ledger.ts';
import { addNotices } from './commands/notices.ts';
import { addImport } from './commands/import.ts';
import { addOpen } from './commands/open.ts';
import { addPlan } from './commands/plan.ts';
import { addPolicy } from './commands/policy.ts';
import { addPublish } from './commands/publish.ts';
import { addStart } from './commands/start.ts';
import { addStats } from './commands/stats.ts';
import { addWorker } from './commands/worker.ts';
import { both, help } from './messages.ts';
import { inkFor, printResult, type Output } from './output.ts';
import { placeOf } from './place.ts';

/** Where a program runs: tests hand in their own. */
export type Surroundings = { stdout: Output['stdout']; stderr: Output['stderr']; env: NodeJS.ProcessEnv; now: () => number };

/** The whole command line as data. Building it does nothing; nothing here exits. */
export function buildProgram(around: Surroundings): Command {
  const program = new Command('xiaohao');
  program
    .description(both(help.program))
    .option('--json', both(help.json))
    .helpOption('-h, --help', '帮助 · help')
    .helpCommand('help [command]', '帮助 · help')
    .configureOutput({ writeOut: (text) => void around.stdout.write(text), writeErr: (text) => void around.stderr.write(text), outputError: () => undefined })
    .exitOverride();
  const act = (command: Command): Act => async (work) => {
    const run = runOf(command, around);
    const result = await work(run);
    if (result !== null) printResult(run.out, result);
  };
  for (const add of [addStart, addWorker, addDemo, addOpen, addCase, addBoard, addExhibit, addDraw, addChart, addDirectory, addLedger, addFeedback, addPublish, addImport, addStats, addDoctor, addCluster, addPlan, addPolicy, addCalendar, addNotices]) add(program, act);
  chinese(program);
  return program;
}

function runOf(command: Command, { stdout, stderr, env, now }: Surroundings): Run {
  const { json = false } = command.optsWithGlobals<{ json?: boolean }>();
  return { place: placeOf(env), out: { stdout, stderr, json }, ink: inkFor(stdout, env), env, now };
}

/** `Usage:` and the other headings in both languages, for every command. */
function chinese(command: Command): void {
  command.configureHelp({ styleTitle: (title) => titles[title] ?? title, helpWidth: 120, showGlobalOptions: true });
  command.exitOverride();
  for (const child of command.commands) {
    child.copyInheritedSettings(command).helpOption('-h, --help', '帮助 · help');
    chinese(child);
  }
}
const titles: Readonly<Record<string, string>> = { 'Usage:': '用法 Usage:', 'Options:': '选项 Options:', 'Commands:': '命令 Commands:', 'Arguments:': '参数 Arguments:', 'Global Options:': '通用选项 Global Options:' };
