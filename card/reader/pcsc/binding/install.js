/**
 * Builds the binding for this computer when the project is installed. Without a compiler, Python or the headers of PC/SC the
 * install succeeds all the same, says so in one line, and simulated readers serve. Run by whichever Node npm runs on.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = dirname(fileURLToPath(import.meta.url))
const ROOT = join(HERE, '..', '..', '..', '..')
const BUILT = join(HERE, 'build', 'Release', 'pcsc.node')
const BUILD_MS_MAX = 300_000

const SOURCES = readdirSync(HERE)
  .filter((name) => /\.(c|h|gyp)$/.test(name))
  .map((name) => join(HERE, name))

/** The headers of any Node do, for Node-API is the same in all; those at hand spare a download. */
function nodeFolder() {
  const installed = join(ROOT, 'node_modules', 'node', 'node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`)
  return [installed, dirname(dirname(process.execPath))].find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')))
}

const builder = [process.env.npm_config_node_gyp, join(ROOT, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js')].find(
  (path) => path !== undefined && existsSync(path)
)

const isFresh = () => existsSync(BUILT) && SOURCES.every((source) => statSync(source).mtimeMs <= statSync(BUILT).mtimeMs)

function build() {
  if (builder === undefined) return 'node-gyp is not there'
  const folder = nodeFolder()
  const options = ['rebuild', '--directory', HERE, ...(folder === undefined ? [] : [`--nodedir=${folder}`])]
  const done = spawnSync(process.execPath, [builder, ...options], { encoding: 'utf8', timeout: BUILD_MS_MAX })
  if (done.status === 0) return undefined
  const lines = `${done.stderr ?? ''}\n${done.stdout ?? ''}`.split('\n')
  const said = [/fatal error|error:/i, /not found|no such|could not/i, /ERR!|Error/].map((words) => lines.find((line) => words.test(line)))
  return said.find((line) => line !== undefined)?.trim() ?? `node-gyp ended with ${done.status ?? done.signal}`
}

if (!isFresh()) {
  const reason = build()
  if (reason !== undefined) {
    process.stderr.write(`caresettle: real card readers cannot be used, the PC/SC binding was not built: ${reason}\n`)
    process.stderr.write('caresettle: it wants a C compiler, Python and, on Linux, libpcsclite-dev; then: npm run build:pcsc\n')
  }
}
