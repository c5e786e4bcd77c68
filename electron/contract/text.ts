/** What both languages say. Business sentences come from the host in both; the window picks one when it draws. */

export interface Text {
  readonly zh: string
  readonly en: string
}

/** An amount in yuan as it crosses every boundary: "1234.50", "-0.10". Never a number, and no sum is made of it here. */
export type Yuan = string
