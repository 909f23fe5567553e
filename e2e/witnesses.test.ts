import { expect } from '@playwright/test'
import { expectAccessible } from './accessible.fixture.ts'
import { recordMore, savedBy } from './memory.fixture.ts'
import { checkOf, outcomes, verdict } from './report.fixture.ts'
import { labelOf, test } from './story.fixture.ts'
import { recordUntilSigned, startWitnessed, untilSigned } from './witnesses.fixture.ts'

test('two witnesses sign what the log publishes; a visitor holds the site to them, and sees it when they are missing', async ({
  page,
}) => {
  const witnessed = await startWitnessed()
  const { told } = witnessed
  try {
    await recordUntilSigned(told, 2)
    await page.goto(`${told.url}/log`)
    const region = page.getByRole('region', { name: 'Witnesses', exact: true })
    await expect(region).toContainText('2 of 2 have signed the newest checkpoint')
    await expect(region.getByRole('listitem').filter({ hasText: 'south.example/w1' })).toContainText(
      'checks every record',
    )
    await expectAccessible(page, 'log with witnesses')

    // Nobody is trusted yet: the verdict does not speak of witnesses.
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(verdict(page)).toContainText('Intact, as this site shows it.')
    expect(await outcomes(page)).toMatchObject({ witnesses: 'not checked' })

    await page.goto(`${told.url}/log`)
    await page.getByRole('button', { name: 'Hold this site to them' }).click()
    await expect(region).toContainText(
      'Your browser holds this site to 2 or more of 2: north.example/w1, south.example/w1.',
    )
    await expectAccessible(page, 'log held to witnesses')
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(verdict(page)).toContainText(
      'independent witnesses that saw the same record: 2 (north.example/w1, south.example/w1)',
    )
    expect(await outcomes(page)).toMatchObject({ witnesses: 'passed', 'checkpoint-consistent': 'passed' })

    // So is a file of this log, with the network cut; and who saves the offline verifier can take the policy along.
    const evidence = () => fetch(`${told.url}/api/evidence/${told.reference('partLoad')}`).then(answer => answer.text())
    const checkFile = async (text: string) => {
      await page.getByLabel('Or paste its text').fill(text)
      await page.getByRole('button', { name: 'Check', exact: true }).click()
    }
    const witnessedFile = await evidence()
    await page.goto(`${told.url}/verify`)
    await expect(page.getByText('You may cut the network now.')).toBeVisible()
    expect(await savedBy(page, 'Save the list of witnesses')).toContain('quorum both')
    await page.context().setOffline(true)
    await checkFile(witnessedFile)
    await expect(verdict(page)).toContainText('Consistent in itself')
    await expect(page.getByText('of 2, 2 signed its list')).toContainText('north.example/w1, south.example/w1')
    expect(await outcomes(page)).toMatchObject({ witnesses: 'passed' })
    await expectAccessible(page, 'a file held to witnesses')
    await page.context().setOffline(false)

    // One is down: the log goes on, says so, and this visitor is told.
    await witnessed.south.stop('SIGKILL')
    await recordMore(told, 1)
    await untilSigned(told.url, 1)
    await page.goto(`${told.url}/log`)
    await expect(region).toContainText('1 of 2 have signed the newest checkpoint so far')
    await expect(region.getByRole('listitem').filter({ hasText: 'south.example/w1' })).toContainText(
      'It did not answer within a second.',
    )
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(verdict(page)).toContainText('A check failed')
    await expect(checkOf(page, 'witnesses')).toContainText('1 of 2')
    const unwitnessedFile = await evidence()
    await page.goto(`${told.url}/verify`)
    await checkFile(unwitnessedFile)
    await expect(verdict(page)).toContainText('A check failed')
    await expect(checkOf(page, 'witnesses')).toContainText('1 of 2')
    await expect(page.getByText('of 2, 1 signed its list')).toBeVisible()
    await page.goto(`${told.url}/status`)
    await expect(page.getByRole('region', { name: 'Witnesses' })).toContainText('1 of 2')

    // It comes back and catches up with what it missed.
    await witnessed.restartSouth()
    await recordUntilSigned(told, 2)
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(verdict(page)).toContainText('independent witnesses that saw the same record: 2')

    await page.goto(`${told.url}/log`)
    await page.getByRole('button', { name: 'Hold it no longer' }).click()
    await expect(page.getByRole('button', { name: 'Hold this site to them' })).toBeVisible()
    await page.goto(labelOf(told, told.reference('partLoad')))
    await expect(verdict(page)).toContainText('Intact, as this site shows it.')
  } finally {
    await witnessed.end()
  }
})
