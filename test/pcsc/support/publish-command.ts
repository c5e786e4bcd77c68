/** `caresettle card publish` as a user runs it: a process of its own, orders into its standard input, one JSON line for each thing it says. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ENTRY = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli', 'caresettle.js')
const WAIT_MS_MAX = 20_000

export interface PublishCommand {
  order(line: string): void
  /** The next thing it says that has this name and was not waited for before; refused when it ends first. */
  said(event: string): Promise<Readonly<Record<string, unknown>>>
  /** As Ctrl-C; the exit code. */
  stop(): Promise<number | null>
  /** The exit code of one that ends by itself. */
  ended(): Promise<number | null>
}

export function runPublish(args: readonly string[]): PublishCommand {
  const child = spawn(process.execPath, [ENTRY, 'card', 'publish', ...args, '--json'], { stdio: ['pipe', 'pipe', 'pipe'] })
  const exit = once(child, 'exit')
  // A test that fails before it stops it leaves nobody behind.
  const endWithTest = (): void => void child.kill('SIGKILL')
  process.once('exit', endWithTest)
  void exit.then(() => process.off('exit', endWithTest))
  const lines: Readonly<Record<string, unknown>>[] = []
  const news = new EventTarget()
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line))
    news.dispatchEvent(new Event('said'))
  })
  void exit.then(() => news.dispatchEvent(new Event('said')))
  return {
    order: (line) => void child.stdin.write(`${line}\n`),
    async said(event) {
      const signal = AbortSignal.timeout(WAIT_MS_MAX)
      for (;;) {
        const at = lines.findIndex((line) => line['event'] === event)
        const [found] = at < 0 ? [] : lines.splice(at, 1)
        if (found !== undefined) return found
        if (child.exitCode !== null || signal.aborted) throw new Error(`it did not say "${event}" but ${JSON.stringify(lines)}; ${errors}`)
        await once(news, 'said', { signal })
      }
    },
    async stop() {
      child.kill('SIGINT')
      await exit
      return child.exitCode
    },
    async ended() {
      await exit
      return child.exitCode
    }
  }
}
