/**
 * The pure core and the schemas, as a workflow sees them. This module is preloaded: all cases of a worker share one copy, instead of
 * a megabyte each. Behind a getter, because what a preloaded module exports is frozen and Zod completes its schemas when first used.
 * Workflow files import the core from here and from nowhere else (types excepted).
 */
import {
  adopt,
  allowed,
  blank,
  boardOf,
  fold,
  halt,
  isTurn,
  kindOf,
  machineOf,
  moveRaters,
  nextMark,
  noteRun,
  publicStage,
  realMs,
  step,
  viewOf,
} from '../cases/index.ts';
import { Adoption, Batch, CaseState, Envelope, Pack, badInput, hashOf, refusal } from '../schemas/index.ts';

const parts = {
  adopt,
  allowed,
  blank,
  boardOf,
  fold,
  halt,
  isTurn,
  kindOf,
  machineOf,
  moveRaters,
  nextMark,
  noteRun,
  publicStage,
  realMs,
  step,
  viewOf,
  Adoption,
  Batch,
  CaseState,
  Envelope,
  Pack,
  badInput,
  hashOf,
  refusal,
} as const;

export const core = (): typeof parts => parts;
