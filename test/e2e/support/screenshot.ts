/** Pictures of screens for people to look at: test/e2e/screenshots, which is not committed. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const FOLDER = join(import.meta.dirname, '..', 'screenshots')

export function screenshotPath(name: string): string {
  mkdirSync(FOLDER, { recursive: true })
  return join(FOLDER, `${name}.png`)
}

export async function screenshot(page: Page, name: string): Promise<string> {
  const path = screenshotPath(name)
  await page.screenshot({ path })
  return path
}
