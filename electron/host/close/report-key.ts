/**
 * What signs a close: the key by which the centre knows this terminal, or, where no centre is connected, one that is made
 * here for the purpose. The report says which, with the public half, so that it can be checked without either.
 */

import { ok, type Result } from '../../../base/result.ts'
import type { ReportKey } from '../../../settlement/close/ports.ts'
import type { CentrePaths } from '../sync/centre-files.ts'
import { makeTerminalKey, readTerminalKey, type KeyMaking, type KeyRefusal, type TerminalKey } from '../sync/terminal-key.ts'

/** `isConnected`: whether the terminal's key is one that a centre knows. */
export function reportKey(isConnected: boolean, paths: CentrePaths, local: string, making: KeyMaking = {}): Result<ReportKey, KeyRefusal> {
  const key = isConnected ? readTerminalKey(paths.key) : makeTerminalKey(local, making)
  return key.ok ? ok(signing(key.value, isConnected ? 'terminal' : 'local')) : key
}

const signing = (key: TerminalKey, source: ReportKey['source']): ReportKey => ({
  source,
  publicKey: key.publicKey,
  // A report is UTF-8 text, and the key signs the UTF-8 of a text.
  sign: (report) => Buffer.from(key.sign(new TextDecoder().decode(report)), 'base64').toString('hex')
})
