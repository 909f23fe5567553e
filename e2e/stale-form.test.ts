import { expect } from '@playwright/test'
import { bodyOf, send, sign } from './events.fixture.ts'
import { NAMES } from './founded.fixture.ts'
import { type Peopled, test } from './people.fixture.ts'
import { deskOf, handOver, MASKS, packedFor, signWith } from './workspace.fixture.ts'

/** The donor's desk hands `quantity` boxes to carrier B, while a form is open elsewhere. Answers the event hash. */
async function atTheDesk(peopled: Peopled, { id, head, quantity }: { id: string; head: string; quantity: number }) {
  const { donor, carrierB } = peopled.cast
  const lines = [{ line: '1', condition: 'sound', quantity: String(quantity) }]
  const body = { to: { party: carrierB.reference }, lines }
  const signed = await sign(peopled, { actor: donor, id, kind: 'release', after: head, body })
  expect(await send(peopled.url, bodyOf(signed))).toMatchObject({ status: 201, body: { inEffect: true } })
  return signed.hash
}

test('a form one event stale is asked to mend: the reason and what changed are said, and what was typed stays', async ({
  browser,
  peopled,
}) => {
  const { id, head } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  const count = amal.getByRole('textbox', { name: MASKS })
  await count.fill('300')
  await amal.getByRole('radio', { name: NAMES.carrierA }).check()
  await atTheDesk(peopled, { id, head, quantity: 400 })

  const button = amal.getByRole('button', { name: `Hand over 300 boxes to ${NAMES.carrierA}` })
  await button.click()
  await expect(amal.getByText('Recorded since you opened this form')).toBeVisible()
  await expect(amal.getByText(`${NAMES.donor}: Handed over`)).toBeVisible()
  await expect(button).toBeDisabled()
  await expect(amal.getByText('It is more than this party holds and has not already offered.')).toBeVisible()
  await expect(count).toHaveValue('300')
  await expect(amal.getByRole('radio', { name: NAMES.carrierA })).toBeChecked()

  await amal.reload()
  await expect(count).toHaveValue('300')
  await count.fill('80')
  await signWith(amal, `Hand over 80 boxes to ${NAMES.carrierA}`, id)
  await expect(amal.getByRole('main')).toContainText(`${NAMES.donor} gives to ${NAMES.carrierA}`)
})

test('a form one event stale whose act still holds is signed and takes effect at once', async ({
  browser,
  peopled,
}) => {
  const { id, head } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  await amal.goto(`/consignments/${id}/release`)
  await amal.getByRole('textbox', { name: MASKS }).fill('300')
  await amal.getByRole('radio', { name: NAMES.carrierA }).check()
  await atTheDesk(peopled, { id, head, quantity: 100 })
  await signWith(amal, `Hand over 300 boxes to ${NAMES.carrierA}`, id)
  await amal.goto(`/consignments/${id}/release`)
  await expect(amal.getByRole('main')).toContainText('you hold 480 boxes, 400 already offered, 80 free')
})

test('a receipt stays readable under the reason when its handover is taken back', async ({ browser, peopled }) => {
  const { id } = await packedFor(peopled)
  const amal = await deskOf(browser, peopled, 'amal')
  const hana = await deskOf(browser, peopled, 'hana')
  await handOver(amal, { id, to: NAMES.hospital })
  await hana.goto(`/consignments/${id}`)
  await hana.goto(`/consignments/${id}/receive`)
  const got = hana.getByRole('textbox', { name: `In your hands, in good order: ${MASKS}` })
  await got.fill('470')
  await hana.getByRole('button', { name: 'Left behind 10' }).click()
  await hana.getByRole('radio', { name: 'no space' }).check()
  await amal.goto(`/consignments/${id}/withdraw`)
  await signWith(amal, 'Take back 480 boxes', id)

  await hana.getByRole('button', { name: 'Sign for 470 boxes' }).click()
  await expect(hana.getByText('Recorded since you opened this form')).toBeVisible()
  await expect(hana.getByText(`${NAMES.donor}: Handover withdrawn`)).toBeVisible()
  await expect(hana.getByRole('button', { name: 'Sign for 470 boxes' })).toBeDisabled()
  await expect(got).toHaveValue('470')
})
