/** Where the reader corner stands, which every part of it looks at. */
export interface ReaderCornerProps {
  /**
   * screen: fills the window and binds keys of its own. drawer: one column from 420 px on, three where it is wide and low, and
   * the keys are the screen's around it.
   */
  readonly layout: 'screen' | 'drawer'
}
