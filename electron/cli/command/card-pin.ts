import { ok } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import { isFirstPin } from '../../host/first-pin.ts'
import { samePoolingArea } from '../../host/insured-person.ts'
import type { Command } from '../command.ts'
import { refused, type Outcome } from '../failure.ts'
import { readPolicies } from '../fixtures.ts'
import { readOptionalPin, readPins } from '../pin-input.ts'
import { counterFailure } from '../refusal-failure.ts'
import { withCardSession } from '../at-till.ts'

export const cardUnlockCommand: Command = {
  name: 'card unlock',
  synopsis: 'FILE [--pin-stdin]',
  summary: 'free a locked PIN with the issuer\'s keys; with --pin-stdin also store a new PIN (解锁, 重装密码)',
  options: { 'pin-stdin': { type: 'boolean' } },
  positionals: ['FILE'],
  run: async (input, terminal) => {
    const [path = ''] = input.positionals
    const pin = await readOptionalPin(input, terminal, 'new PIN')
    if (!pin.ok) return pin
    const fresh = pin.value
    return withCardSession(path, terminal, async (session): Promise<Outcome> => {
      const freed = fresh === undefined ? await session.unblockPin() : await session.reloadPin(fresh)
      if (freed.ok) return triesOutcome(session, fresh === undefined ? 'the PIN is free' : 'the new PIN is stored')
      return freed.error.kind === 'pin-not-locked'
        ? refused('pin-not-locked', 'the PIN is not locked: there is nothing to free (密码未锁定)')
        : counterFailure({ kind: 'card-unreadable', refusal: freed.error })
    })
  }
}

export const cardChangePinCommand: Command = {
  name: 'card change-pin',
  synopsis: 'FILE --pin-stdin',
  summary: 'the holder changes the PIN: old and new through standard input, one a line (修改密码)',
  options: { 'pin-stdin': { type: 'boolean' } },
  positionals: ['FILE'],
  run: async (input, terminal) => {
    const [path = ''] = input.positionals
    const pins = await readPins(input, terminal, ['PIN', 'new PIN'])
    if (!pins.ok) return pins
    const [from, to] = pins.value
    if (from.equals(to)) return refused('pin-unchanged', 'the new PIN is the old one (新密码与原密码相同)')
    const policies = readPolicies(terminal)
    if (!policies.ok) return policies
    return withCardSession(path, terminal, async (session): Promise<Outcome> => {
      const { region, cardNumber } = session.identity
      const isRegions = policies.value.some((policy) => samePoolingArea(policy.region, region) && isFirstPin(to, policy.card, cardNumber))
      if (isRegions) return refused('first-pin-refused', 'the new PIN is the one that cards are issued with (不能改为初始密码)')
      const changed = await session.changePin({ from, to })
      if (!changed.ok) {
        return counterFailure(changed.error.kind === 'pin-locked' ? { kind: 'pin-locked' } : { kind: 'pin', refusal: changed.error })
      }
      return triesOutcome(session, 'the PIN is changed')
    })
  }
}

async function triesOutcome(session: CardSession, done: string): Promise<Outcome> {
  const left = await session.pinTriesLeft()
  const triesLeft = left.ok ? left.value : 'unknown'
  return ok({ text: `${done}, ${triesLeft} tries left`, json: { done, pin_tries_left: triesLeft } })
}
