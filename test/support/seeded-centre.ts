/** A centre in this process, with the people of the fixture cards, and a host's way to it. */

import { invariant } from '../../base/invariant.ts'
import { systemCentreClock } from '../../electron/centre/centre-clock.ts'
import { seedCentre } from '../../electron/centre/seed.ts'
import { wireCentre, type WiredCentre } from '../../electron/centre/wire-centre.ts'
import { systemEntropy } from '../../electron/host/system.ts'
import { makeEnrolmentCode } from '../../settlement/centre/enrol/enrol.ts'
import { fixture } from './command-line.ts'
import type { HostTerminal } from './host-terminal.ts'

/** `file`: of SQLite. */
export async function openSeededCentre(file: string): Promise<WiredCentre> {
  const log = { info: () => {}, warn: () => {}, error: () => {} }
  const wired = await wireCentre({ url: `sqlite:${file}`, fixtures: fixture(), log, version: 'test' })
  invariant(wired.ok, 'the centre opens')
  const { today } = systemCentreClock()
  invariant((await seedCentre(wired.value.ports.database, { fixtures: fixture(), entropy: systemEntropy, today })).ok, 'filled')
  return wired.value
}

/** As somebody does it at the window, with the centre's address, which is given back, and a code. `at`: where the centre listens already. */
export async function connectHost(host: HostTerminal, centre: WiredCentre, at?: string): Promise<string> {
  const url = at ?? (await centre.listen({ host: '127.0.0.1', port: 0 }))
  const code = await makeEnrolmentCode(centre.ports, 'H99999900001')
  invariant(code.ok, 'a code')
  valueOf(await host.call('sync.connect', { url, code: code.value.code }))
  return url
}

export function valueOf<Value>(answer: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: { readonly kind: string } }): Value {
  if (!answer.ok) throw new Error(answer.error.kind)
  return answer.value
}
