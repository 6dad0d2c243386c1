import type { Attack } from '../../attack.ts'
import { LIMIT_OR_HOST_KILLED } from '../../expectations.ts'
import { handler } from '../../worker-source.ts'

export const attack: Attack = {
  title: 'makes formatters of dates, each of which loads the data of a language',
  source: handler(
    `for (;;) new Intl.DateTimeFormat(['ar', 'zh', 'th', 'hi'][Math.floor(Math.random() * 4)], { dateStyle: 'full', timeZone: 'Asia/Tokyo' }).formatToParts()`,
  ),
  expect: LIMIT_OR_HOST_KILLED,
  runaway: 'uninterruptible',
}
