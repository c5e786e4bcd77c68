/**
 * npm run dev: the page comes from a development server and changes while it is looked at; a change to the shell or to the
 * host starts the program again on the same data.
 */

import { spawn, type ChildProcess } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { createServer, build as viteBuild } from 'vite'
import { DEV_PAGE, MAIN, PRELOAD } from '../build/bundles.ts'
import { writeDistPackages } from '../build/build.ts'
import { FIXTURES, HOST_SOURCE, ROOT } from '../build/project.ts'
import { beginReader } from './begin-reader.ts'
import { findElectron } from './find-electron.ts'
import { parseOptions, surroundings } from './options.ts'

/** Folders whose code runs in the shell or in the host. */
const RESTARTS_FOR = ['base', 'card', 'settlement', 'electron'] as const
/** An editor writes several files at a time. */
const SETTLED_MS = 200

/** The exit code. */
export async function develop(args: readonly string[]): Promise<number> {
  const options = parseOptions(args, surroundings())
  const binary = options.ok ? await findElectron((line) => process.stdout.write(`${line}\n`)) : options
  if (!options.ok || !binary.ok) {
    process.stderr.write(`caresettle dev: ${binary.ok ? '' : binary.error}; "npm start" shows the page in a browser\n`)
    return 4
  }
  const reader = options.value.reader === undefined ? undefined : await beginReader(options.value.data, FIXTURES, options.value.reader)
  if (reader?.ok === false) {
    process.stderr.write(`caresettle dev: ${reader.error}\n`)
    return 2
  }
  const server = await createServer(DEV_PAGE)
  await server.listen()
  const [page] = server.resolvedUrls?.local ?? []
  const { data, electronArgs } = options.value
  const environment = { ...process.env, CARESETTLE_DEV_PAGE: page, CARESETTLE_DEV_HOST: HOST_SOURCE }

  return new Promise<number>((end) => {
    let app: ChildProcess | undefined
    const open = async (): Promise<void> => {
      try {
        await Promise.all([viteBuild(MAIN), viteBuild(PRELOAD)])
        writeDistPackages()
      } catch (cause) {
        // What does not compile is mended in the editor: the next change tries again.
        process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
        return
      }
      const opened = spawn(binary.value, [...electronArgs, ROOT, `--data=${data}`], { stdio: 'inherit', env: environment })
      app = opened
      opened.on('exit', (code) => {
        if (app !== opened) return
        for (const watcher of watchers) watcher.close()
        void server.close().then(() => end(code ?? 0))
      })
    }
    const again = (): void => {
      const before = app
      app = undefined
      if (before === undefined || before.exitCode !== null) void open()
      else {
        before.once('exit', () => void open())
        before.kill('SIGTERM')
      }
    }
    let settled: NodeJS.Timeout | undefined
    const watchers = RESTARTS_FOR.map((folder) =>
      watch(join(ROOT, folder), { recursive: true }, (_, name) => {
        if (name === null || !name.endsWith('.ts') || name.endsWith('.test.ts')) return
        clearTimeout(settled)
        settled = setTimeout(again, SETTLED_MS)
      })
    )
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app?.kill('SIGTERM'))
    void open()
  })
}
