/**
 * Whether this machine can run a PC/SC daemon with a virtual reader, and a `describe` that runs where it can. Where it cannot,
 * its one test names what is missing and is skipped; with CARESETTLE_PCSC=required that test fails instead.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { namespaceFlags } from './namespace.ts'

/** The virtual reader driver of Debian's vsmartcard-vpcd. */
export const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'

/** What is missing and how to have it; undefined where the daemon runs. */
export function daemonMissing(): string | undefined {
  if (process.platform !== 'linux') return 'the virtual reader of these tests runs on Linux only'
  if (spawnSync('pcscd', ['--version']).error !== undefined) return 'no pcscd; apt-get install pcscd'
  if (!existsSync(DRIVER)) return `no ${DRIVER}; apt-get install vsmartcard-vpcd`
  const namespace = spawnSync('unshare', [...namespaceFlags(), 'mount', '-t', 'tmpfs', 'tmpfs', '/run'])
  if (namespace.error !== undefined) return 'no unshare; apt-get install util-linux'
  if (namespace.status !== 0) return `no mount namespace for this user: ${namespace.stderr.toString().trim()}`
  return undefined
}

/** A tool of the distribution that a test wants beside the daemon; undefined when it is there. */
export const toolMissing = (tool: string, debianPackage: string): string | undefined =>
  spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0 ? undefined : `no ${tool}; apt-get install ${debianPackage}`

const missing = daemonMissing()

/** `what` is tested: the words stand in the report whether it is run or not. */
export function describeWithDaemon(what: string, tests: () => void): void {
  const declare = missing === undefined ? tests : () => notTested(what, missing)
  describe(`PC/SC daemon: ${what}`, () => {
    declare()
  })
}

function notTested(what: string, reason: string): void {
  it(`NOT TESTED on this machine: ${reason}`, (context) => {
    expect(process.env['CARESETTLE_PCSC'], `CARESETTLE_PCSC=required, and there is ${reason}`).not.toBe('required')
    process.stderr.write(`\n${what}: NOT TESTED on this machine: ${reason}\n`)
    context.skip(reason)
  })
}
