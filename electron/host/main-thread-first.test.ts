import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'

const at = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)

/** Priorities of threads by their names, in a process of its own: those of the runner are nobody's to slow down. Only Linux tells them. */
function prioritiesAfter(work: string): Readonly<Record<string, readonly number[]>> {
  const script = `(async () => {
    const { readdirSync, readFileSync } = require('node:fs')
    const { getPriority } = require('node:os')
    ${work}
    const said = {}
    for (const thread of process.platform === 'linux' ? readdirSync('/proc/self/task') : []) {
      const name = Number(thread) === process.pid ? 'main' : readFileSync('/proc/self/task/' + thread + '/comm', 'latin1').trim()
      said[name] = [...new Set([...(said[name] ?? []), getPriority(Number(thread))])]
    }
    console.log(JSON.stringify(said))
    process.exit(0)
  })()`
  return JSON.parse(execFileSync(process.execPath, ['--eval', script], { encoding: 'utf8' }))
}

const onLinux = (priorities: Readonly<Record<string, readonly number[]>>) => (process.platform === 'linux' ? priorities : {})

it('threads of V8 come after everybody else, and the main one as before', () => {
  expect(prioritiesAfter('')).toMatchObject(onLinux({ main: [0], V8Worker: [0] }))
  const work = `const { mainThreadFirst } = await import(${at('main-thread-first.ts')})
    mainThreadFirst()`
  expect(prioritiesAfter(work)).toMatchObject(onLinux({ main: [0], V8Worker: [19] }))
})

it('the thread that unpacks batches says it of itself, and of no other', () => {
  const work = `const { unpackBeside } = await import(${at('../centre/unpack/beside.ts')})
    const { randomBytes } = require('node:crypto')
    const { zstdCompressSync } = require('node:zlib')
    await unpackBeside().unpack(zstdCompressSync(randomBytes(100_000)))`
  expect(prioritiesAfter(work)).toMatchObject(onLinux({ main: [0], V8Worker: [0], WorkerThread: [19] }))
})
