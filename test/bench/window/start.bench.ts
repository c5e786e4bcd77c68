/** Target 19: from the start of the process to the first paint, and to the moment from which a card can be put in. */

import { ROOT } from '../../../electron/build/project.ts'
import { dataFolder } from '../../e2e/support/data-folder.ts'
import { median, type Figure } from '../figure.ts'
import { PEER } from './peer.ts'
import { runWindow, until } from './run-window.ts'

const ROUNDS = 9

interface Start {
  readonly painted: number
  readonly ready: number
}

const PAINTED = `(() => { const paint = performance.getEntriesByName('first-contentful-paint')[0]; return paint && performance.timeOrigin + paint.startTime })()`
const READY = `(() => { const ready = performance.getEntriesByName('caresettle-ready')[0]; return ready && performance.timeOrigin + ready.startTime })()`

export async function startBenchmark(display: string): Promise<Figure[]> {
  const [ours, empty] = [dataFolder(), dataFolder()]
  const starts: { ours: Start[]; empty: number[] } = { ours: [], empty: [] }
  try {
    // The first round of each fills profile and file cache, and makes the till; nobody opens a program for the first time twice.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const peer = await startPeer(empty.path, display)
      const start = await startOurs(ours.path, display)
      if (round === 0) continue
      starts.empty.push(peer)
      starts.ours.push(start)
    }
  } finally {
    ours.remove()
    empty.remove()
  }
  const emptyMs = median(starts.empty)
  const paintedMs = median(starts.ours.map(({ painted }) => painted))
  const readyMs = median(starts.ours.map(({ ready }) => ready))
  const against = `empty window ${emptyMs.toFixed(0)} ms`
  return [
    { target: '19 first paint', ours: `${paintedMs.toFixed(0)} ms`, against, ratio: paintedMs / emptyMs, bound: 'at most 1.25', met: paintedMs <= 1.25 * emptyMs },
    { target: '19 ready for a card', ours: `${readyMs.toFixed(0)} ms`, against, ratio: readyMs / emptyMs, bound: 'at most 1.6', met: readyMs <= 1.6 * emptyMs }
  ]
}

async function startPeer(data: string, display: string): Promise<number> {
  const window = await runWindow(PEER, ['--page=empty', `--data=${data}`], display)
  const painted = await until<number>(window.page, PAINTED)
  await window.stop()
  return painted - window.spawnedAt
}

async function startOurs(data: string, display: string): Promise<Start> {
  const window = await runWindow(ROOT, [`--data=${data}`], display)
  const [painted, ready] = [await until<number>(window.page, PAINTED), await until<number>(window.page, READY)]
  await window.stop()
  return { painted: painted - window.spawnedAt, ready: ready - window.spawnedAt }
}
