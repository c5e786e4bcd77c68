/** A window as far as its place on the screen goes, and a caller that asks for a PIN. */

import { beforeEach, describe, expect, it } from 'vitest'
import type { DriverView } from '../contract/driver-view.ts'
import type { TerminalEvent } from '../contract/events.ts'
import { comeForward, type Raisable } from './come-forward.ts'

class PlayedWindow implements Raisable {
  minimised = false
  focused = false
  onTop = false
  flashes = false
  /** Windows and most desktops let no program take the keyboard from another. */
  mayTakeKeyboard = true
  destroyed = false
  raised = 0

  isDestroyed = (): boolean => this.destroyed
  isMinimized = (): boolean => this.minimised
  isFocused = (): boolean => this.focused
  restore(): void {
    this.minimised = false
  }
  minimize(): void {
    this.minimised = true
    this.focused = false
  }
  show(): void {
    if (this.destroyed) throw new Error('Object has been destroyed')
  }
  moveTop(): void {
    this.raised += 1
  }
  focus(): void {
    this.focused = this.mayTakeKeyboard
  }
  blur(): void {
    this.focused = false
  }
  setAlwaysOnTop(flag: boolean): void {
    this.onTop = flag
  }
  flashFrame(flag: boolean): void {
    this.flashes = flag
  }
  get place() {
    const { minimised, focused, onTop, flashes } = this
    return { minimised, focused, onTop, flashes }
  }
}

const IN_FRONT = { minimised: false, focused: true, onTop: true, flashes: false }

let window: PlayedWindow
let hear: (event: TerminalEvent) => void
beforeEach(() => {
  window = new PlayedWindow()
  hear = comeForward(window)
})

const driver: DriverView = { state: 'on', port: 8189, address: null, pairing: null, callers: [], asked: null, calls: [] }
const asks = (number: number): void => hear({ topic: 'driver', driver: { ...driver, asked: { number, caller: '测试HIS', purpose: 'verify' } } })
const nobodyAsks = (): void => hear({ topic: 'driver', driver })

describe('while a caller asks for the PIN', () => {
  it('a minimised window is on the screen and has the keyboard, and is out of the way again afterwards', () => {
    window.minimised = true
    asks(1)
    expect(window.place).toEqual(IN_FRONT)
    nobodyAsks()
    expect(window.place).toEqual({ minimised: true, focused: false, onTop: false, flashes: false })
  })

  it('a window behind another is before it, and gives the keyboard back', () => {
    asks(1)
    expect(window.place).toEqual(IN_FRONT)
    nobodyAsks()
    expect(window.place).toEqual({ minimised: false, focused: false, onTop: false, flashes: false })
  })

  it('a window that the cashier works in keeps the keyboard afterwards', () => {
    window.focused = true
    asks(1)
    nobodyAsks()
    expect(window.place).toEqual({ ...IN_FRONT, onTop: false })
  })

  it('where it may not take the keyboard, its button in the task bar calls', () => {
    window.mayTakeKeyboard = false
    asks(1)
    expect(window.place).toEqual({ minimised: false, focused: false, onTop: true, flashes: true })
    nobodyAsks()
    expect(window.flashes).toBe(false)
  })

  it('the same question, told again, does not fetch it back from a cashier who has put it away', () => {
    asks(1)
    window.minimised = true
    asks(1)
    expect([window.minimised, window.raised]).toEqual([true, 1])
    asks(2)
    expect([window.minimised, window.raised]).toEqual([false, 2])
  })

  it('and the host that asked ends: nobody asks any more', () => {
    asks(1)
    hear({ topic: 'host', host: { state: 'restarting', attempt: 1, reason: 'killed' } })
    expect(window.onTop).toBe(false)
  })

  it('a window that was closed is left alone', () => {
    window.destroyed = true
    expect(() => asks(1)).not.toThrow()
  })
})

it('nothing is done for what else the host tells', () => {
  nobodyAsks()
  hear({ topic: 'host', host: { state: 'ready' } })
  hear({ topic: 'queue', queue: [] })
  expect([window.place, window.raised]).toEqual([{ minimised: false, focused: false, onTop: false, flashes: false }, 0])
})
