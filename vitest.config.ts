import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{base,card,settlement,electron,test}/**/*.test.ts'],
    pool: 'forks',
    testTimeout: 60_000
  }
})
