/**
 * Looks at what is on the screen as a reviewer would: in Chinese by day and in English by night, and says what is wrong: what
 * axe finds serious, words without a translation, words in the other language. The page is the same in both programs, so the
 * newer engine is asked by axe and the real window is photographed.
 */

import axe from 'axe-core'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { FIXTURES } from '../../../electron/build/project.ts'
import { screenshot } from './screenshot.ts'
import type { Till } from './till.ts'

const DRESSES = [
  { language: 'zh-CN', theme: 'light' },
  { language: 'en', theme: 'dark' }
] as const

/** One line a finding; the window is left in Chinese and light. `again` draws anew what says its words only once. */
export async function look(till: Till, name: string, again: () => Promise<void> = async () => {}): Promise<string[]> {
  const { page, kind } = till.window
  const findings: string[] = []
  for (const dress of DRESSES) {
    await putOn(page, dress)
    await again()
    await settled(page)
    const suffix = `${dress.language.slice(0, 2)}-${dress.theme}`
    const found = kind === 'electron' ? [] : await axeFindings(page)
    if (kind === 'electron') await screenshot(page, `${name}-${suffix}`)
    for (const finding of [...found, ...(await wordFindings(page, dress.language))]) {
      findings.push(`${name} (${suffix}): ${finding}`)
    }
  }
  await putOn(page, DRESSES[0])
  return findings
}

/** By the buttons of the frame; a dialog that stands over them is looked at too, so they are not clicked through it. */
export async function putOn(page: Page, { language, theme }: { readonly language: string; readonly theme: string }): Promise<void> {
  const press = (button: string): Promise<void> => page.locator(button).evaluate((element) => (element instanceof HTMLElement ? element.click() : undefined))
  const root = page.locator('html')
  if ((await root.getAttribute('lang')) !== language) await press(`header button[lang="${language}"]`)
  for (let presses = 0; (await root.getAttribute('data-theme')) !== theme && presses < 3; presses += 1) {
    await press('header button[aria-label*="外观"], header button[aria-label*="Appearance"]')
  }
  await page.locator(`html[lang="${language}"][data-theme="${theme}"]`).waitFor({ state: 'attached' })
}

/** Colours and places are those that stay: what moves without an end, such as a waiting bone, is not waited for. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
        .map(({ finished }) => finished)
    ).then(() => undefined)
  )

const WEIGHTY = new Set(['serious', 'critical'])

async function axeFindings(page: Page): Promise<string[]> {
  const isThere = await page.evaluate(() => 'axe' in window)
  // The page's own policy would refuse it as a script; a tester's console may.
  if (!isThere) await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const found = await (window as unknown as { axe: typeof axe }).axe.run(document, { resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, impact, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({ id, impact: impact ?? '', at: target.join(' '), why: failureSummary ?? '' }))
    )
  })
  return violations
    .filter(({ impact }) => WEIGHTY.has(impact))
    .map(({ id, at, why }) => `${id} at ${at}: ${why.replaceAll(/\s+/g, ' ').slice(0, 220)}`)
}

/** Names of people, items and places that stand in the fixtures are the same in every language. */
const DATA: readonly string[] = ['queue', 'catalogue', 'cards', 'till', 'visits']
  .flatMap((folder) => readdirSync(join(FIXTURES, folder)).map((file) => readFileSync(join(FIXTURES, folder, file), 'utf8')))
  .flatMap((text) => textsIn(JSON.parse(text)))
  .filter((text) => /\p{Script=Han}/u.test(text))
  .toSorted((left, right) => right.length - left.length)

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

async function wordFindings(page: Page, language: string): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const holder = node.parentElement
      // What is written in another language says so; an identifier is set as one.
      if (holder === null || holder.closest('[lang], [data-card], style, script') !== document.documentElement) continue
      found.push(node.textContent ?? '')
    }
    const named = [...document.querySelectorAll('[aria-label], [title], [placeholder]')].flatMap((element) =>
      ['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? '')
    )
    return [...found, ...named].map((text) => text.trim()).filter((text) => text !== '')
  })
  const keys = texts.filter((text) => /^[a-z]+(-[a-z0-9]+)+$/.test(text)).map((text) => `"${text}" looks like a key without words`)
  if (language !== 'en') return keys
  const chinese = texts.filter((text) => /\p{Script=Han}/u.test(DATA.reduce((left, data) => left.replaceAll(data, ''), text)))
  return [...keys, ...[...new Set(chinese)].map((text) => `"${text}" is not English`)]
}
