import { bodyOf, type Draft, packing, send, sign } from './events.fixture.ts'
import { type Told, untilSealed } from './server.fixture.ts'

/** Tells a consignment of twenty records: packed, handed back and forth nine times, and some of it given out. Answers its reference, sealed. */
export async function tellLong(told: Told): Promise<string> {
  const { donor, carrierA, carrierB, hospital } = told.story.cast
  const { id, draft } = packing(donor, { consignee: hospital, sealed: { order: 'HR-2299' } })
  let after = ''
  const write = async (more: Omit<Draft, 'id' | 'after'>) => {
    const signed = await sign(told, { ...more, id, after })
    const answer = await send(told.url, bodyOf(signed))
    if (answer.status !== 201 || !answer.body.inEffect) throw new Error(JSON.stringify(answer))
    after = signed.hash
    return signed.hash
  }
  const place = { country: 'MZ', lat: '-19.8', lon: '34.8' }
  const sealed = { place: 'Port of Beira, shed 7' }
  await write({ ...draft, place, sealed: { ...draft.sealed, ...sealed } })
  const way = [donor, carrierA, carrierB, carrierA, carrierB, carrierA, carrierB, carrierA, carrierB, hospital]
  for (const [step, giver] of way.slice(0, -1).entries()) {
    const taker = way[step + 1] as typeof donor
    const lines = [{ line: '1', condition: 'sound', quantity: '480' }]
    const body = { to: { party: taker.reference }, lines }
    const release = await write({ actor: giver, kind: 'release', body, place, sealed })
    const received = [{ line: '1', condition: 'sound', received: '480' }]
    await write({ actor: taker, kind: 'receive', body: { release, lines: received }, place, sealed })
  }
  await write({
    actor: hospital,
    kind: 'distribute',
    body: { lines: [{ line: '1', condition: 'sound', quantity: '60' }] },
  })
  await untilSealed(told.url)
  return id
}
