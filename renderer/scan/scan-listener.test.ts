// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listenForScans, type ScanClock } from './scan-listener.ts'

interface Waiting {
  readonly at: number
  readonly run: () => void
}

/** Time that goes on only when a test says so. */
class TestClock implements ScanClock {
  at = 1000
  #waiting: Waiting[] = []

  readonly after = (ms: number, run: () => void): (() => void) => {
    const entry = { at: this.at + ms, run }
    this.#waiting.push(entry)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
    }
  }

  goOn(ms: number): void {
    this.at += ms
    const due = this.#waiting.filter(({ at }) => at <= this.at)
    this.#waiting = this.#waiting.filter(({ at }) => at > this.at)
    for (const { run } of due) run()
  }
}

let clock: TestClock
let scans: string[]
let isWanted: boolean
let stop: () => void
let heard: string[]
const field = document.createElement('input')
const button = document.createElement('button')

/** As a browser does: the key goes to what has the focus, and into it unless somebody keeps it. */
function press(key: string, init: KeyboardEventInit = {}): void {
  const target = document.activeElement ?? document.body
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init })
  Object.defineProperty(event, 'timeStamp', { value: clock.at })
  const goesOn = target.dispatchEvent(event)
  if (goesOn && target === field && key.length === 1) field.setRangeText(key, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end')
}

function type(keys: readonly string[], every: number): void {
  for (const key of keys) {
    press(key)
    clock.goOn(every)
  }
}

beforeEach(() => {
  clock = new TestClock()
  scans = []
  heard = []
  isWanted = true
  document.body.replaceChildren(field, button)
  field.value = ''
  delete field.dataset['scan']
  field.focus()
  stop = listenForScans({ clock, wanted: () => (isWanted ? (text) => void scans.push(text) : null) })
})
afterEach(() => stop())
document.body.addEventListener('keydown', ({ key }) => heard.push(key))

const EAN = '6901234567892'

describe('a scan', () => {
  it('goes to whoever wants it and leaves no digit in the field that has the focus', () => {
    field.value = '12'
    field.setSelectionRange(0, 2)
    type([...Array.from(EAN), 'Enter'], 8)
    expect(scans).toEqual(['6901234567892'])
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['12', 0, 2])
    expect(heard).toEqual(['6'])
  })

  it('presses no button and no key of the screen, where a button has the focus', () => {
    button.focus()
    type([...Array.from(EAN), 'Tab'], 8)
    expect(scans).toEqual(['6901234567892'])
    expect(heard).toEqual([])
  })

  it('without Enter is taken when the pause is over', () => {
    type(Array.from(EAN), 8)
    clock.goOn(71)
    expect(scans).toEqual([])
    clock.goOn(1)
    expect(scans).toEqual(['6901234567892'])
    expect(field.value).toBe('')
  })

  it('right after a digit that was typed leaves that digit, and only that', () => {
    press('3')
    clock.goOn(60)
    type([...Array.from(EAN), 'Enter'], 8)
    expect(scans).toEqual(['6901234567892'])
    expect(field.value).toBe('3')
  })

  it('with capital letters is not broken by the Shift between them', () => {
    type(['Shift', 'X', 'Shift', 'N', '0', '2', 'a', 'b', '1', 'Enter'], 5)
    expect(scans).toEqual(['XN02ab1'])
  })

  it('fills a field that wants scans for itself', () => {
    field.dataset['scan'] = 'text'
    field.value = 'old'
    type([...Array.from('RX2026112700042'), 'Enter'], 8)
    expect(field.value).toBe('RX2026112700042')
    expect(scans).toEqual([])
  })
})

describe('typing', () => {
  it('of the same digits, slowly, stays in the field, and its Enter is the screen’s', () => {
    type([...Array.from(EAN), 'Enter'], 180)
    expect(scans).toEqual([])
    expect(field.value).toBe('6901234567892')
    expect(heard).toEqual([...Array.from(EAN), 'Enter'])
  })

  it('with two fingers rolled loses no letter', () => {
    type(['a', 'm'], 30)
    type(['l'], 200)
    clock.goOn(80)
    expect(field.value).toBe('aml')
  })

  it('of a quick short word with Enter keeps their order', () => {
    type([...Array.from('amx'), 'Enter'], 20)
    expect(field.value).toBe('amx')
    expect(heard).toEqual(['a', 'm', 'x', 'Enter'])
  })

  it('of a key where no field has the focus comes a moment later', () => {
    button.focus()
    press('+')
    expect(heard).toEqual([])
    clock.goOn(80)
    expect(heard).toEqual(['+'])
  })

  it('of a key that is held down is no scan', () => {
    press('1')
    for (let times = 0; times < 10; times += 1) {
      clock.goOn(33)
      press('1', { repeat: true })
    }
    press('Enter')
    expect(scans).toEqual([])
    expect(field.value).toBe('1'.repeat(11))
  })
})

describe('where nobody wants scans, as while a PIN is asked', () => {
  it('every key passes untouched', () => {
    isWanted = false
    type([...Array.from('246810'), 'Enter'], 3)
    clock.goOn(500)
    expect(scans).toEqual([])
    expect(field.value).toBe('246810')
    expect(heard).toEqual([...Array.from('246810'), 'Enter'])
  })

  it('what was held back before is forgotten, and never gets into the PIN', () => {
    type(Array.from('69012'), 5)
    isWanted = false
    press('1')
    clock.goOn(500)
    expect(field.value).toBe('61')
    expect(scans).toEqual([])
  })
})
