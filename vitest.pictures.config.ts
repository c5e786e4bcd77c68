import { defineConfig } from 'vitest/config'
import windows from './vitest.e2e.config.ts'

/** The same windows, to be photographed instead of judged: the pictures lie in test/e2e/screenshots. */
export default defineConfig({ ...windows, test: { ...windows.test, include: ['test/e2e/pictures.e2e.ts'] } })
