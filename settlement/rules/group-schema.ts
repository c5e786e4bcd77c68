/** Named groups of items. What a group names is matched by prefix, so that a class of drugs is one line. */

import { z } from 'zod'
import { textField } from '../wire/fields.ts'
import { groupNames, provenance, someOf } from './rule-row.ts'

export const ITEM_KINDS = ['western', 'patent', 'pieces', 'granules', 'own-preparation', 'service', 'consumable', 'other'] as const
/** What the catalogue marks an item with. */
export const ITEM_FLAGS = ['prescription', 'restricted', 'negotiated', 'dual-channel', 'children'] as const
export type ItemFlag = (typeof ITEM_FLAGS)[number]

export const groupSchema = z
  .strictObject({
    codes: someOf(textField(50))
      .optional()
      .describe('National codes, by prefix: "XA02BC" is every drug whose code begins so; a whole code is one item.')
      .meta({ examples: [['XA02BCA099A001010199999']] }),
    atc: someOf(z.string().regex(/^[A-Z][0-9A-Z]{0,6}$/, 'must be an ATC code or its beginning, such as "N02A"'))
      .optional()
      .describe('ATC codes, by prefix. A western drug carries its ATC code behind the first letter of its national code.')
      .meta({ examples: [['N02A', 'N05BA']] }),
    kinds: someOf(z.enum(ITEM_KINDS)).optional().describe('Kinds of items: pieces are decoction pieces, granules those of decoction.'),
    flags: someOf(z.enum(ITEM_FLAGS)).optional().describe('Items that the catalogue marks so.'),
    groups: groupNames.optional().describe('Other groups, all of whose items belong to this one too. A circle is refused.'),
    except: groupNames.optional().describe('Groups whose items do not belong, whatever else is said here.'),
    note: textField(500).optional(),
    ...provenance
  })
  .refine(
    ({ codes, atc, kinds, flags, groups }) => [codes, atc, kinds, flags, groups].some((list) => list !== undefined),
    'must name codes, atc, kinds, flags or groups'
  )
  .meta({ id: 'rule_group' })
  .describe('An item belongs when one of its codes, atc, kinds, flags or groups matches and none of `except` does.')

export type Group = z.output<typeof groupSchema>
