/** Simulated PSAMs from the fixtures, for tests. */

import { readFileSync } from 'node:fs'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import { MemoryMedium } from '../../card/chip/memory-medium.ts'
import { parseIssuerKeys, type IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import { PsamChip } from '../../card/psam/chip/psam-chip.ts'
import { parsePsamDefinition, type PsamDefinition } from '../../card/psam/chip/psam-definition.ts'
import { personalisePsam } from '../../card/psam/chip/psam-image.ts'
import type { Entropy } from '../../card/ports.ts'

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'))

export function testIssuer(): IssuerKeys {
  const parsed = parseIssuerKeys(json('fixtures/keys/test-issuer.json'))
  if (!parsed.ok) throw new Error(`${parsed.error.field} ${parsed.error.problem}`)
  return parsed.value
}

export type PsamFixture = 'terminal-v2' | 'worked-example' | 'terminal-v3-stand-in'

export function psamDefinition(fixture: PsamFixture, changed: Partial<PsamDefinition> = {}): PsamDefinition {
  const parsed = parsePsamDefinition({ ...(json(`fixtures/psam/${fixture}.json`) as object), ...changed })
  if (!parsed.ok) throw new Error(`${parsed.error.field} ${parsed.error.problem}`)
  return parsed.value
}

/** Counts up: 00 01 02 .. and on from there. */
export function countingEntropy(): Entropy {
  let next = 0
  return { bytes: (length) => Uint8Array.from({ length }, () => next++ & 0xff) }
}

export interface TestPsam {
  readonly medium: MemoryMedium
  readonly chip: PsamChip
  /** Hex in, hex out, as the reader sees it. */
  send(command: string): string
}

/** Powered, at the MF. */
export function poweredPsam(fixture: PsamFixture, changed: Partial<PsamDefinition> = {}): TestPsam {
  const medium = new MemoryMedium(personalisePsam(psamDefinition(fixture, changed), testIssuer()))
  const chip = openedChip(medium)
  chip.powerOn()
  return { medium, chip, send: (command) => toHex(chip.transmit(fromHex(command))) }
}

export function openedChip(medium: MemoryMedium): PsamChip {
  const opened = PsamChip.open({ medium, entropy: countingEntropy() })
  if (!opened.ok) throw new Error(opened.error.problem)
  return opened.value
}
