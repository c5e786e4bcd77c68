// @vitest-environment jsdom
import { act, cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { refuse } from '../../base/result.ts'
import { createFakeTerminal, type FakeTerminal, type FakeTerminalOptions } from '../../electron/contract/fake/fake-terminal.ts'
import { HOST_AWAY, READER_FAULT } from '../../electron/contract/fake/fake-refusals.ts'
import { SETTLED_STATEMENT } from '../../electron/contract/fake/sample-views.ts'
import type { PrintRequest } from '../../electron/contract/terminal.ts'
import { speak } from '../i18n/words.ts'
import { createStores } from '../stores/stores.ts'
import { TerminalProvider } from '../terminal/terminal-context.tsx'
import { usePrintStatement } from './print-statement.tsx'

const { settlementId } = SETTLED_STATEMENT

let seen: string[]

beforeEach(async () => {
  seen = []
  await speak('zh-CN')
})
afterEach(cleanup)

/** Looks at the page at the moment at which it goes to paper. */
const look = (): void => {
  seen.push(document.querySelector('.print-stage .sheet__marks')?.textContent ?? 'nothing to print')
  seen.push(document.querySelector('style[nonce], head style:last-of-type')?.textContent ?? '')
}

function printer(options: FakeTerminalOptions = {}): { readonly fake: FakeTerminal; readonly hook: { current: ReturnType<typeof usePrintStatement> } } {
  const fake = createFakeTerminal(options)
  const toPaper = fake.print
  const terminal = toPaper === undefined ? fake : { ...fake, print: async (request: PrintRequest) => (look(), toPaper(request)) }
  const wrapper = ({ children }: { readonly children: ReactNode }): ReactNode => (
    <TerminalProvider terminal={terminal} stores={createStores()}>
      {children}
    </TerminalProvider>
  )
  return { fake, hook: renderHook(usePrintStatement, { wrapper }).result }
}

describe('printing a statement', () => {
  it('is counted by the host first, then the sheet stands there, then it goes to paper', async () => {
    const { fake, hook } = printer()
    await act(async () => hook.current.print(settlementId, 'a5', 'printer'))
    expect(fake.calls).toEqual([{ name: 'statement.print', params: { settlementId, format: 'a5' } }])
    expect(fake.prints).toEqual([{ format: 'a5', to: 'printer', name: settlementId }])
    expect(seen[0]).toBe('待中心确认 provisional')
    expect(seen[1]).toContain('size: 148mm 210mm')
    expect(hook.current).toMatchObject({ printing: false, refusal: null, saved: null })
  })

  it('marks the second print as copy 1 and the third as copy 2', async () => {
    const { hook } = printer()
    for (const _ of [1, 2, 3]) await act(async () => hook.current.print(settlementId, '80mm', 'printer'))
    expect(seen.filter((text) => text.includes('provisional'))).toEqual([
      '待中心确认 provisional',
      '副本 第1份 COPY 1待中心确认 provisional',
      '副本 第2份 COPY 2待中心确认 provisional'
    ])
  })

  it('leaves nothing behind', async () => {
    const { hook } = printer()
    await act(async () => hook.current.print(settlementId, '80mm', 'pdf'))
    expect(document.querySelector('.print-stage')).toBeNull()
    expect(document.documentElement.dataset['printing']).toBeUndefined()
    expect(document.head.textContent).not.toContain('@page')
  })

  it('tells where a PDF was saved', async () => {
    const { hook } = printer()
    await act(async () => hook.current.print(settlementId, 'a5', 'pdf'))
    expect(hook.current.saved).toBe(`/tmp/caresettle-test/${settlementId}.pdf`)
  })

  it('prints nothing when the host refuses to count it', async () => {
    const { fake, hook } = printer()
    fake.refuseNext('statement.print', HOST_AWAY)
    await act(async () => hook.current.print(settlementId, 'a5', 'printer'))
    expect(fake.prints).toEqual([])
    expect(hook.current.refusal?.kind).toBe('host-away')
  })

  it('says why the paper did not come; the next print is a copy all the same', async () => {
    const { fake, hook } = printer()
    fake.printNext(refuse(READER_FAULT))
    await act(async () => hook.current.print(settlementId, 'a5', 'printer'))
    expect(hook.current.refusal?.kind).toBe('reader-fault')
    expect(fake.statement(settlementId)?.printed).toBe(1)
  })

  it('is busy until the paper is out', async () => {
    const { fake, hook } = printer()
    const release = fake.delayNext('statement.print')
    act(() => void hook.current.print(settlementId, 'a5', 'printer'))
    expect(hook.current.printing).toBe(true)
    release()
    await waitFor(() => expect(hook.current.printing).toBe(false))
  })

  it('asks the browser where there is no shell', async () => {
    const { fake, hook } = printer({ printer: false })
    const ask = vi.spyOn(window, 'print').mockImplementation(look)
    await act(async () => hook.current.print(settlementId, 'a5', 'printer'))
    expect(ask).toHaveBeenCalledTimes(1)
    expect(seen[0]).toBe('待中心确认 provisional')
    expect(fake.prints).toEqual([])
  })
})
