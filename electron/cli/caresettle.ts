/**
 * The command line's front door. It looks at the runtime before anything native is loaded: the ledger's module needs
 * Node 22 or later and takes an older process down without a word.
 */

import { enableCompileCache } from 'node:module'

const NODE_MAJOR_MIN = 22

const major = Number.parseInt(process.versions.node, 10)
if (major < NODE_MAJOR_MIN) {
  process.stderr.write(
    `caresettle: Node ${process.versions.node} is too old, ${NODE_MAJOR_MIN} or later is needed: ` +
      'start it with "npm run -s caresettle -- ..." to use the Node that npm installed\n'
  )
  process.exitCode = 4
} else {
  // A command is short: most of its time would go into compiling the same files again.
  enableCompileCache()
  const { runCommandLine } = await import('./command-line.ts')
  process.exitCode = await runCommandLine(process.argv.slice(2))
}
