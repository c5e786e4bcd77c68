/** What is owed to a card waits for its holder: the books agree on it, and nobody has to explain it. */

import type { CloseItem } from '../../../electron/contract/close-view.ts'

export const isDifference = ({ kind }: Pick<CloseItem, 'kind'>): boolean => kind !== 'owed-to-card'
