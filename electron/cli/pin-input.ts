/** PINs come through standard input, one a line, and are never arguments: arguments are seen by every user of the machine. */

import { ok, type Result } from '../../base/result.ts'
import { Pin } from '../../card/secret/pin.ts'
import type { CommandInput } from './command.ts'
import { badInput, type Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** `names` say what each line is: "PIN", "new PIN". */
/** A PIN for those who want to give one: undefined without `--pin-stdin`. */
export async function readOptionalPin(input: CommandInput, terminal: Terminal, name: string): Promise<Result<Pin | undefined, Failure>> {
  if (!input.flag('pin-stdin')) return ok(undefined)
  const pins = await readPins(input, terminal, [name])
  return pins.ok ? ok(pins.value[0]) : pins
}

export async function readPins<const Names extends readonly string[]>(
  input: CommandInput,
  terminal: Terminal,
  names: Names
): Promise<Result<{ readonly [Index in keyof Names]: Pin }, Failure>> {
  if (!input.flag('pin-stdin')) {
    return badInput('missing-option', `--pin-stdin is missing: ${names.join(' and ')} come through standard input, one a line`)
  }
  const lines = (await terminal.readStdin()).split('\n').map((line) => line.replace(/\r$/, ''))
  const pins: Pin[] = []
  for (const [index, name] of names.entries()) {
    const pin = Pin.parse(lines[index] ?? '')
    if (!pin.ok) {
      const found = pin.error.kind === 'pin-wrong-length' ? `${pin.error.digits} digits` : 'other characters than digits'
      return badInput(pin.error.kind, `${name}: ${found} on line ${index + 1} of standard input; allowed: 4 to 12 digits`)
    }
    pins.push(pin.value)
  }
  return ok(pins as { readonly [Index in keyof Names]: Pin })
}
