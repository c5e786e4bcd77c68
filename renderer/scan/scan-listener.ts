/**
 * Listens to the keyboard before anybody else does. A scan goes to whoever wants scans, wherever the focus is: what of it was
 * in a field already is taken out again, and no button is pressed by its Enter. Where nobody wants scans every key passes
 * untouched, which is so while a PIN is asked.
 */

import { flushSync } from 'react-dom'
import { createBurst, PAUSE_MS, type BurstKey, type BurstVerdict } from './burst.ts'
import { fillField, rememberField, restoreField, takesScans, textField, typeInto, type Before } from './field.ts'

/** Keys bring their own time (`Event.timeStamp`); only the pause is waited for here. */
export interface ScanClock {
  /** Call the result to call it off. */
  readonly after: (ms: number, run: () => void) => () => void
}

export const SYSTEM_CLOCK: ScanClock = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  }
}

export interface ScanListenerOptions {
  readonly clock: ScanClock
  /** null: nobody wants scans now. */
  readonly wanted: () => ((text: string) => void) | null
}

const NOTHING = (): void => undefined

/** Call the result to stop. */
export function listenForScans({ clock, wanted }: ScanListenerOptions): () => void {
  const burst = createBurst()
  let before: Before | null = null
  let isReplaying = false
  let callOff = NOTHING

  const replay = (text: string): void => {
    isReplaying = true
    for (const character of text) retype(character)
    isReplaying = false
  }
  const carryOut = ({ typed, scan }: BurstVerdict): void => {
    if (typed !== '') replay(typed)
    if (scan === null) return
    const own = before !== null && takesScans(before.field) ? before.field : null
    if (scan.firstPassed && before !== null) restoreField(before)
    if (own === null) wanted()?.(scan.text)
    else fillField(own, scan.text)
  }
  const waitForPause = (): void => {
    callOff()
    if (!burst.isOpen) return
    callOff = clock.after(PAUSE_MS, () => {
      if (wanted() === null) burst.forget()
      else carryOut(burst.pause())
    })
  }
  const press = (event: KeyboardEvent): void => {
    if (isReplaying || SILENT.has(event.key)) return
    if (wanted() === null) return burst.forget()
    const field = textField(event.target)
    const verdict = burst.key(keyOf(event, field !== null), event.timeStamp)
    carryOut(verdict)
    // What passes is the first key of a burst, or none of it: this is how the field was before.
    if (verdict.key === 'pass' || field === null) before = field === null ? null : rememberField(field)
    if (verdict.key === 'hold') {
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    waitForPause()
  }

  window.addEventListener('keydown', press, { capture: true })
  return () => {
    callOff()
    window.removeEventListener('keydown', press, { capture: true })
  }
}

/** Keys that say nothing by themselves: a scanner presses Shift between two letters. */
const SILENT = new Set(['Shift', 'CapsLock', 'NumLock'])

function keyOf({ key, ctrlKey, altKey, metaKey, repeat, isComposing }: KeyboardEvent, mayPass: boolean): BurstKey {
  // A key that is held down repeats as fast as a scanner types.
  if (ctrlKey || altKey || metaKey || repeat || isComposing) return { kind: 'other' }
  if (key === 'Enter' || key === 'Tab') return { kind: 'end' }
  return Array.from(key).length === 1 ? { kind: 'character', character: key, mayPass } : { kind: 'other' }
}

/** As if it were pressed now: into the field that has the focus, or as a key to whatever else has it. */
function retype(character: string): void {
  const target = document.activeElement ?? document.body
  const field = textField(target)
  const event = new KeyboardEvent('keydown', { key: character, bubbles: true, cancelable: true })
  // The first key may open the field that the next one is for.
  const isTaken = !flushSync(() => target.dispatchEvent(event))
  if (field !== null && !isTaken) typeInto(field, character)
}
