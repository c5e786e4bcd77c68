/** What is not known is said once, however many rules miss it: by the heaviest of them. */

import { EFFECTS, type Finding } from './findings.ts'

export function addOnce(out: Finding[], unknown: Finding): void {
  const { kind, effect } = unknown.reason
  const said = out.find(({ reason }) => reason.kind === kind)
  if (said === undefined || EFFECTS.indexOf(effect) < EFFECTS.indexOf(said.reason.effect)) out.push(unknown)
}
