/**
 * One thing that V8 is told before a centre takes its first batch.
 *
 * A batch is a few megabytes of small objects, all of them garbage a tenth of a second later. As some are alive whenever the nursery
 * is full, V8 learns to make such objects in the old space at once, where they hold on to everything young that they name until
 * all of it is collected: 12 ms for every nursery instead of 4, and a full collection at every twelfth batch.
 */

import { setFlagsFromString } from 'node:v8'

export const keepBatchesYoung = (): void => setFlagsFromString('--no-allocation-site-pretenuring')
