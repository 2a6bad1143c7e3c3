export { metrics, reasons, type LeftOut, type Metric, type MetricId, type Verdict } from './metric.ts';
export { countAll, type ActFact, type CaseFacts, type Counted, type RatingFact } from './count.ts';
export { countBy, leastForRank, type By, type Group, type Ranked, type RatingOf } from './group.ts';
export { wilson } from './wilson.ts';
