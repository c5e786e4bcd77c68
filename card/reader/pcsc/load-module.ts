/**
 * Finds the binding where it was built, at the moment it is wanted: nothing imports it, and a program without it works with
 * simulated readers and says what is missing.
 */

import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { NativeBinding } from './native-binding.ts'
import { nativeModule } from './native-module.ts'
import type { PcscModule } from './pcsc-module.ts'
import type { ReaderTrouble, TroubleSystem } from './reader-trouble.ts'

/** Where `npm install` builds it. */
export const BINDING_PATH = join(import.meta.dirname, 'binding', 'build', 'Release', 'pcsc.node')

export interface LoadOptions {
  readonly system: TroubleSystem
  readonly path?: string
}

export function loadPcscModule({ system, path = BINDING_PATH }: LoadOptions): Result<PcscModule, ReaderTrouble> {
  try {
    const binding = createRequire(import.meta.url)(path) as NativeBinding
    return ok(nativeModule(binding, { announcesReaders: system !== 'darwin' }))
  } catch (cause) {
    return refuse(troubleOfLoading(cause instanceof Error ? cause.message : String(cause)))
  }
}

/** The loader's words: without libpcsclite the binding is there and cannot be loaded, for the service was never installed. */
function troubleOfLoading(message: string): ReaderTrouble {
  const [line = ''] = message.split('\n')
  if (/libpcsclite|winscard|PCSC\.framework/i.test(line) && !/pcsc\.node'?$/.test(line)) return { kind: 'service-absent' }
  return { kind: 'module-missing', detail: line }
}
