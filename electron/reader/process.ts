/**
 * The reader process: the one that loads the binding. Its parent sends requests and hears answers and what the readers hold;
 * when the parent goes, it goes.
 */

import { existsSync } from 'node:fs'
import { BINDING_PATH, loadPcscModule } from '../../card/reader/pcsc/load-module.ts'
import { findReaderParent } from './reader-parent.ts'
import { serveReaders } from './serve-readers.ts'
import { isServiceInstalled, systemOf } from './this-computer.ts'

const BAD_START = 2

const parent = findReaderParent()
if (parent === undefined) {
  process.stderr.write('caresettle readers: this process is started by the terminal host, not by hand\n')
  process.exit(BAD_START)
}

const system = systemOf(process.platform)
const path = process.env['CARESETTLE_PCSC_BINDING'] ?? BINDING_PATH
const served = serveReaders({
  module: loadPcscModule({ system, path }),
  delay: {
    after(ms, run) {
      const timeout = setTimeout(run, ms)
      return () => clearTimeout(timeout)
    }
  },
  system,
  isServiceInstalled: () => isServiceInstalled(system, existsSync),
  send: parent.send
})
parent.receive((request) => served.receive(request))
