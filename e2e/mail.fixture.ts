import { closeLog } from '../lib/data/open-log.ts'
import { type Smtp, startSmtp } from '../lib/mail/smtp.fixture.ts'
import { makePeople, openBeside } from './accounts.fixture.ts'
import { startFounded } from './founded.fixture.ts'
import { test as base, type Peopled } from './people.fixture.ts'

/** A peopled server that sends letters, and where they arrive. */
export type Mailed = Peopled & { readonly smtp: Smtp }

/** `mailed`: one a worker, for stories that look for their own letters alone. */
export const test = base.extend<object, { mailed: Mailed }>({
  mailed: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for it
    async ({}, use) => {
      const smtp = await startSmtp({ name: 'relief', password: 'p@ss word' })
      const founded = await startFounded({ SMTP_URL: smtp.url, MAIL_FROM: 'Relief Log <log@relief.example>' })
      const log = await openBeside(founded)
      await makePeople(founded, log)
      await use({ ...founded, log, smtp })
      await closeLog(log)
      await founded.end()
      await smtp.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
})
