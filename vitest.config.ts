import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{base,card,settlement,electron,renderer,test}/**/*.test.{ts,tsx}'],
    pool: 'forks',
    testTimeout: 60_000
  }
})
