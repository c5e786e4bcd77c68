// @vitest-environment jsdom
import { act, cleanup, screen, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IBUPROFEN, ISATIS, VALSARTAN, VALSARTAN_IMPORTED } from '../electron/contract/fake/sample-drugs.ts'
import { FIXTURE_PIN, SAMPLE_IN_DOUBT } from '../electron/contract/fake/sample-views.ts'
import { scan } from '../test/support/scan.ts'
import { openWindow, type OpenedWindow } from '../test/support/window.tsx'
import { LANGUAGES, type Language } from './i18n/language.ts'
import { chooseTheme } from './theme/theme.ts'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

/** jsdom has no layout: what needs one (contrast, target size) is looked at elsewhere. */
const NEEDS_LAYOUT = { 'color-contrast': { enabled: false }, 'target-size': { enabled: false } }

async function faults(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: NEEDS_LAYOUT, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

type Lead = (language: Language) => Promise<OpenedWindow>

const withBill: Lead = async (language) => {
  const window = await openWindow({ language, card: 'in-service-32k' })
  await window.press('Enter')
  await screen.findByRole('grid')
  return window
}
const atPin: Lead = async (language) => {
  const window = await withBill(language)
  await window.press('F10')
  await screen.findByRole('dialog')
  return window
}

/** Every light at once; the selected line has reasons and a substitute. */
const withSale: Lead = async (language) => {
  const window = await openWindow({ language, pharmacy: true, card: 'empty-purse' })
  for (const drug of [ISATIS, IBUPROFEN, IBUPROFEN, IBUPROFEN, VALSARTAN, VALSARTAN_IMPORTED]) scan(drug.barcode)
  await waitFor(() => expect(document.querySelectorAll('.sale__row')).toHaveLength(4))
  return window
}

const STATES: Readonly<Record<string, Lead>> = {
  'nobody there': (language) => openWindow({ language }),
  'an empty queue': (language) => openWindow({ language }).then((window) => (act(() => window.fake.emit({ topic: 'queue', queue: [] })), window)),
  'a bill with its sums': withBill,
  'a line that is edited': async (language) => {
    const window = await withBill(language)
    await window.press('F8', '2')
    return window
  },
  'the catalogue': async (language) => {
    const window = await withBill(language)
    await window.press('F7')
    await window.user.keyboard('a')
    await screen.findAllByRole('option')
    return window
  },
  'a card that cannot be read': (language) => openWindow({ language, card: 'bank-card' }),
  'a card that expired': (language) => openWindow({ language, card: 'expired' }),
  'the PIN': atPin,
  'a wrong PIN': async (language) => {
    const window = await atPin(language)
    await window.user.keyboard('111111{Enter}')
    await screen.findByRole('alert')
    return window
  },
  'a result': async (language) => {
    const window = await atPin(language)
    await window.user.keyboard(`${FIXTURE_PIN}{Enter}`)
    await waitFor(() => expect(document.querySelector('[data-step="settle"]')).not.toBeNull())
    await window.press('F10')
    await waitFor(() => expect(document.querySelector('.counter__result')).not.toBeNull())
    return window
  },
  'a hold in doubt': async (language) => {
    const window = await openWindow({ language, inDoubt: [SAMPLE_IN_DOUBT] })
    await window.press('Shift>', 'F2', '/Shift')
    await screen.findByRole('dialog')
    return window
  },
  'the keys': async (language) => {
    const window = await openWindow({ language })
    await window.press('F1')
    await screen.findByRole('dialog')
    return window
  },
  'a sale': withSale,
  'a prescription on paper': async (language) => {
    const window = await withSale(language)
    await window.press('F6')
    return window
  },
  'prescriptions that wait': async (language) => {
    const window = await withSale(language)
    await window.press('F6', 'F6')
    await waitFor(() => expect(document.querySelector('.electronic__one')).not.toBeNull())
    return window
  },
  'a prescription in the sale': async (language) => {
    const window = await withSale(language)
    scan('RX2026030500002')
    await waitFor(() => expect(document.querySelector('.prescribed__lines')).not.toBeNull())
    return window
  },
  'how a drug is taken': async (language) => {
    const window = await withSale(language)
    await window.press('*')
    await waitFor(() => expect(document.querySelector('.dose')).not.toBeNull())
    return window
  },
  'a question without a sale': async (language) => {
    const window = await openWindow({ language, pharmacy: true, card: 'empty-purse' })
    await window.press('F11')
    await waitFor(() => expect(document.querySelector('.eligibility')).not.toBeNull())
    scan(VALSARTAN_IMPORTED.barcode)
    await waitFor(() => expect(document.querySelector('.answer')).not.toBeNull())
    return window
  },
  'a host that is away': (language) => openWindow({ language }).then((window) => (act(() => window.fake.hostAway()), window))
}

describe.each(LANGUAGES)('in %s', (language) => {
  it.each(Object.keys(STATES))('%s can be used by everybody', async (state) => {
    act(() => chooseTheme(language === 'en' ? 'dark' : 'light'))
    await STATES[state]?.(language)
    expect(await faults()).toEqual([])
  })
})
