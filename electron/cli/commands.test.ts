import { describe, expect, it } from 'vitest'
import { commandOf, COMMANDS } from './commands.ts'

describe('the commands', () => {
  it.each(COMMANDS)('$name is loaded by the name that it has', async ({ name, load }) => {
    expect((await load()).name).toBe(name)
  })

  it('are found by all of their words, the longer name first', async () => {
    expect((await commandOf(['sync', 'status', '--data', 'x']))?.name).toBe('sync status')
    expect((await commandOf(['sync', '--data', 'x']))?.name).toBe('sync')
    expect(await commandOf(['ledger'])).toBeUndefined()
    expect(await commandOf([])).toBeUndefined()
  })
})
