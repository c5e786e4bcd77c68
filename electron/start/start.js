/**
 * The entrance of `npm start`, in plain JavaScript so that any Node can read it. What it leads to needs the Node that npm
 * installed: an older one hands over to it.
 */

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_MAJOR_MIN = 24

const here = fileURLToPath(new URL('.', import.meta.url))
const args = process.argv.slice(2)

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  const pinned = join(here, '..', '..', 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const child = spawn(pinned, [join(here, 'start.js'), ...args], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) process.on(signal, () => child.kill(signal))
  child.on('error', () => {
    process.stderr.write(`caresettle: Node ${process.versions.node} is too old and the Node that belongs to this program is missing: run "npm ci" first\n`)
    process.exitCode = 4
  })
  child.on('exit', (code) => {
    process.exitCode = code ?? 4
  })
} else if (args[0] === 'dev') {
  const { develop } = await import('./dev.ts')
  process.exitCode = await develop(args.slice(1))
} else {
  const { start } = await import('./start.ts')
  process.exitCode = await start(args)
}
