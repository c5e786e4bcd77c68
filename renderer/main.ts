/**
 * First script of the page, small on purpose: it is run before the first paint so that the frame appears in the right
 * colours and language, and lets that paint happen before the program itself is loaded.
 */

import { rememberedLanguage } from './i18n/language.ts'
import { startTheme } from './theme/theme.ts'

startTheme()
document.documentElement.lang = rememberedLanguage()

const program = import('./app.tsx')

requestAnimationFrame(() => {
  setTimeout(() => {
    void program.then(({ startApp }) => startApp())
  })
})
