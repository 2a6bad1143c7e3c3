import { outage } from './outage.ts';

outage('refuse');
