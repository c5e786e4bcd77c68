/**
 * First script of the page, small on purpose: the frame appears in the right colours and language, the host is asked for
 * everything while the program itself is still on its way, and the program starts once the frame has been painted.
 */

import { rememberedLanguage } from './i18n/language.ts'
import { askEarly } from './terminal/early.ts'
import { startTheme } from './theme/theme.ts'

startTheme()
document.documentElement.lang = rememberedLanguage()

const early = window.caresettle && askEarly(window.caresettle)
const program = import('./app.tsx')

requestAnimationFrame(() => {
  setTimeout(() => {
    void program.then(({ startApp }) => startApp(early))
  })
})
