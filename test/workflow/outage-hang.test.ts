import { outage } from './outage.ts';

outage('hang');
