/** Target 23: what the whole terminal holds in memory, beside an empty window; the host counts apart. */

import { ROOT } from '../../../electron/build/project.ts'
import { dataFolder } from '../../e2e/support/data-folder.ts'
import type { Figure } from '../figure.ts'
import { PEER } from './peer.ts'
import { runWindow, until } from './run-window.ts'
import { insertCard, openBill } from './till-page.ts'

const LINES = 12
const SETTLED_MS = 3_000
const MEGABYTE = 1024 * 1024

const isHost = (commandLine: string): boolean => commandLine.includes('process.js')

export async function memoryBenchmark(display: string): Promise<Figure[]> {
  const data = dataFolder()
  const window = await runWindow(ROOT, [`--data=${data.path}`], display)
  await insertCard(window.page)
  await openBill(window.page, 'BENCH-MEMORY', LINES)
  await rest()
  const [host, shell] = [window.memory(isHost), window.memory((commandLine) => !isHost(commandLine))]
  await window.stop()
  data.remove()
  const empty = await emptyMemory(display)
  return [
    {
      target: '23 memory without the host',
      ours: `${megabytes(shell)} MB, host ${megabytes(host)} MB`,
      against: `empty window ${megabytes(empty)} MB`,
      ratio: shell / empty,
      bound: 'at most 1.3',
      met: shell <= 1.3 * empty
    }
  ]
}

async function emptyMemory(display: string): Promise<number> {
  const data = dataFolder()
  const window = await runWindow(PEER, ['--page=empty', `--data=${data.path}`], display)
  await until(window.page, `document.readyState === 'complete'`)
  await rest()
  const bytes = window.memory()
  await window.stop()
  data.remove()
  return bytes
}

const rest = (): Promise<unknown> => new Promise((later) => setTimeout(later, SETTLED_MS))
const megabytes = (bytes: number): string => (bytes / MEGABYTE).toFixed(0)
