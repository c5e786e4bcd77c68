/** Other programs at the fake: paired by a script, asking for a PIN by a script; nothing listens anywhere. */

import { ok, refuse } from '../../../base/result.ts'
import type { DriverView, PinAskedView } from '../driver-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { tell, type World } from './fake-world.ts'
import { pinMalformed } from './fake-refusals.ts'

const OFF: RefusalView = {
  kind: 'driver-off',
  blame: 'bad-input',
  what: { zh: '医院软件接口没有开启', en: 'the interface for hospital software is off' },
  mend: { zh: '请先开启', en: 'turn it on first' },
  today: null
}
const OVER: RefusalView = {
  kind: 'driver-question-over',
  blame: 'refusal',
  what: { zh: '对方程序已不再等待密码', en: 'the program does not wait for the PIN any more' },
  mend: { zh: '请在对方程序中重新操作', en: 'do it again in that program' },
  today: null
}

function set(world: World, change: Partial<DriverView>): DriverView {
  world.driver = { ...world.driver, ...change }
  tell(world, { topic: 'driver', driver: world.driver })
  return world.driver
}

export function turnDriver(world: World, { on, port }: Params<'driver.turn'>): Answer<'driver.turn'> {
  return ok(set(world, on ? { state: 'on', port, address: `http://127.0.0.1:${port}` } : { state: 'off', port, address: null, pairing: null }))
}

export const pairCaller = (world: World): Answer<'driver.pair'> =>
  world.driver.state === 'on' ? ok(set(world, { pairing: { code: '314159', until: '10:03:00' } })) : refuse(OFF)

export const endPairing = (world: World): Answer<'driver.end-pairing'> => ok(set(world, { pairing: null }))

export const forgetCaller = (world: World, { caller }: Params<'driver.forget'>): Answer<'driver.forget'> =>
  ok(set(world, { callers: world.driver.callers.filter(({ id }) => id !== caller) }))

export function answerCaller(world: World, { number, from, to }: Params<'driver.answer'>): Answer<'driver.answer'> {
  const malformed = [from, to].find((pin) => pin !== null && !/^\d{4,12}$/.test(pin))
  if (malformed !== undefined && malformed !== null) return refuse(pinMalformed(malformed))
  return endQuestion(world, number)
}

export const cancelCaller = (world: World, { number }: Params<'driver.cancel'>): Answer<'driver.cancel'> => endQuestion(world, number)

function endQuestion(world: World, number: number): Answer<'driver.cancel'> {
  if (world.driver.asked?.number !== number) return refuse(OVER)
  set(world, { asked: null })
  return ok(null)
}

/** A caller was paired, and now wants a PIN. */
export function callerAsks(world: World, asked: PinAskedView): void {
  set(world, {
    callers: [{ id: 'c1', name: asked.caller, origin: null, pairedOn: '2026-03-05' }],
    calls: [{ number: 1, at: '10:00:00', caller: asked.caller, name: 'iReadCardBas', code: 0, words: { zh: '成功', en: 'done' } }],
    asked
  })
}
