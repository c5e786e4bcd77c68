/** The window's ground before its page has painted: the page's own, or a dark room would see a flash. */

export const BACKGROUND = { light: '#eef1f5', dark: '#0e1116' } as const
