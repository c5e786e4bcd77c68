/**
 * The command line's front door, in plain JavaScript so that any Node can read it. It looks at the runtime before anything
 * else is loaded: an older Node cannot run TypeScript, and the ledger's native module takes it down without a word.
 */

import * as module from 'node:module'

const NODE_MAJOR_MIN = 24

if (Number.parseInt(process.versions.node, 10) < NODE_MAJOR_MIN) {
  process.stderr.write(
    `caresettle: Node ${process.versions.node} is too old, ${NODE_MAJOR_MIN} or later is needed: ` +
      'start it with "npm run -s caresettle -- ..." to use the Node that npm installed\n'
  )
  process.exitCode = 4
} else {
  // `| head` has read enough: what was done is done, and what is left to say nobody hears.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (cause) => {
      if (!('code' in cause) || cause.code !== 'EPIPE') throw cause
      setImmediate(() => process.exit())
    })
  }
  // A command is short: most of its time would go into compiling the same files again.
  module.enableCompileCache()
  const { runCommandLine } = await import('./command-line.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2))
}
