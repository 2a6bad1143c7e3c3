import * as z from 'zod';
import { CommandFrame } from './command.ts';
import { Sha256 } from './primitive.ts';

/**
 * 启用日历版本, 改用限时方案: a command about the pack itself, in no row of the case table. The payload names what is adopted by its
 * hash, so that fingerprint and seal bind its content; the compiled pack travels beside it.
 */
export const Adoption = z.discriminatedUnion('type', [
  CommandFrame.extend({ type: z.literal('adoptCalendar'), payload: z.object({ calendar: Sha256 }) }),
  CommandFrame.extend({ type: z.literal('adoptPolicy'), payload: z.object({ policy: Sha256 }) }),
]);
export type Adoption = z.infer<typeof Adoption>;
export type AdoptionType = Adoption['type'];

export const adoptions: Readonly<Record<AdoptionType, { zh: string; en: string }>> = {
  adoptCalendar: { zh: '启用日历版本', en: 'adopt a calendar edition' },
  adoptPolicy: { zh: '改用限时方案', en: 'move to another policy pack' },
};
export const isAdoption = (type: string): type is AdoptionType => Object.hasOwn(adoptions, type);
