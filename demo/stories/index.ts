/** The twelve stories of 云川市, each written once and driven through the public client. */
import type { StoryDriver } from '../driver.ts';
import * as s01 from './01.ts';
import * as s02 from './02.ts';
import * as s03 from './03.ts';
import * as s04 from './04.ts';
import * as s05 from './05.ts';
import * as s06 from './06.ts';
import * as s07 from './07.ts';
import * as s08 from './08.ts';
import * as s09 from './09.ts';
import * as s10 from './10.ts';
import * as s11 from './11.ts';
import * as s12 from './12.ts';

export type Story = {
  readonly story: {
    readonly no: number;
    readonly title: string;
    /** Where its (first) case must stand at the end. */
    readonly stage: string;
  };
  /** Drives the story to its end. @returns the numbers of its cases, the main one first */
  readonly run: (d: StoryDriver) => Promise<string[]>;
};
export const stories: readonly Story[] = [s01, s02, s03, s04, s05, s06, s07, s08, s09, s10, s11, s12];
