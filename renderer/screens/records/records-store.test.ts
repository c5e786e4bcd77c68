import { expect, it, vi } from 'vitest'
import { createFakeTerminal } from '../../../electron/contract/fake/fake-terminal.ts'
import { createStores } from '../../stores/stores.ts'
import { recordsOf } from './records-store.ts'

it('comes back with its words, and shows nothing of what it had found before it has searched anew', async () => {
  const [terminal, stores] = [createFakeTerminal(), createStores()]
  const beginning = { today: '2026-11-26', record: null }
  const before = recordsOf(terminal, stores, beginning)
  const stop = before.start()
  before.change({ text: '测试', from: '2000-01-01', to: '2099-12-31' })
  await vi.waitFor(() => expect(before.store.getState().rows?.length).toBeGreaterThan(0))
  stop()
  const { store, start } = recordsOf(terminal, stores, beginning)
  expect(store.getState()).toMatchObject({ rows: null, busy: true, query: { text: '测试' } })
  const end = start()
  await vi.waitFor(() => expect(store.getState().rows?.length).toBeGreaterThan(0))
  end()
})
