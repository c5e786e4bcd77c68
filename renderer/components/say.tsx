/** A sentence or a name that came from the host, in the language that is spoken now. */

import type { ReactNode } from 'react'
import type { Text } from '../../electron/contract/text.ts'
import { usePick } from '../i18n/use-words.ts'

export function Say({ text }: { readonly text: Text }): ReactNode {
  return usePick()(text)
}
