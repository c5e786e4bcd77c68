/**
 * Whether this machine can run a PC/SC daemon with a virtual reader, and a `describe` that runs where it can. Where it cannot,
 * its one test names what is missing and is skipped; with CARESETTLE_PCSC=required that test fails instead.
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it, type TestContext } from 'vitest'
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
    expect(process.env['CARESETTLE_PCSC'], wanted(reason)).not.toBe('required')
    skipAloud(context, what, reason)
  })
}

const wanted = (reason: string): string => `CARESETTLE_PCSC=required, and there is ${reason}`

/** Ends a test that wants a tool of the distribution beside the daemon and does not find it. */
export function wantsTool(context: TestContext, command: readonly string[], debianPackage: string): void {
  const [tool = '', ...args] = command
  const run = spawnSync(tool, args)
  if (run.status === 0) return
  const reason = `no ${command.join(' ')}; apt-get install ${debianPackage}`
  expect(process.env['CARESETTLE_PCSC'], wanted(reason)).not.toBe('required')
  skipAloud(context, context.task.name, reason)
}

function skipAloud(context: TestContext, what: string, reason: string): void {
  process.stderr.write(`\n${what}: NOT TESTED on this machine: ${reason}\n`)
  context.skip(reason)
}
