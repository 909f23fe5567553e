import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parseVkey, TYPE_ED25519 } from '../core/ledger/vkey.ts'
import { openWitnessKey, type WitnessKey } from '../witness/key.ts'
import { replayingScruple } from '../witness/replaying.ts'
import { witnessServer } from '../witness/server.ts'
import { openWitnessStore, type WitnessStore } from '../witness/store.ts'
import { runCommand } from './serve.ts'

const HELP = `npm run witness -- [COMMAND] [OPTIONS]

Watches logs that others run: signs a log's newest checkpoint only where it has seen that the log did nothing but grow (c2sp.org/tlog-witness).
Needs no database but its own folder, which holds its key and must never be set back to an older state.

  add-log VKEY [--url URL]   follow the log of this verifier key (its page /log shows it); it is never taken out again
  list                       the logs, and what was signed of each last
  serve                      answer requests (the default)

  --dir DIR        the witness's folder (default: .data/witness)
  --name NAME      what the key is called, such as witness.example.org/w1; needed once, when the folder is new
  --port PORT      (default: 7380)       --host HOST   (default: 127.0.0.1)
  --public URL     the address that logs reach it by, for the line that goes into a policy
  --replay         signs only what it has replayed: downloads every new record, checks it by every rule, and each index against it
  --url URL        where a log is to be read, such as https://relief.example.org/log; needed for --replay, once for each log
  --rate N         requests a second that one address may make in the long run (default: 60)

Exit: 0 done, 1 refused, 2 wrongly asked.`

const OPTIONS = {
  dir: { type: 'string', default: '.data/witness' },
  name: { type: 'string' },
  port: { type: 'string', default: '7380' },
  host: { type: 'string', default: '127.0.0.1' },
  public: { type: 'string' },
  url: { type: 'string' },
  rate: { type: 'string', default: '60' },
  replay: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h' },
} as const

const PROBLEMS = {
  'no-key': 'This folder has no key yet. Say once what it is to be called: --name witness.example.org/w1',
  'name-malformed': 'A name has no blank and no plus sign, and at most 200 characters.',
  'name-differs': 'The key in this folder has another name, and keeps it:',
  'key-unreadable': 'This is no key of a witness:',
} as const

type Values = ReturnType<typeof parse>['values']

function parse() {
  return parseArgs({ options: OPTIONS, allowPositionals: true })
}

async function main(): Promise<number> {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse()
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`)
    return 2
  }
  const { values, positionals } = parsed
  const [command = 'serve', ...more] = positionals
  const isUsable = more.length === (command === 'add-log' ? 1 : 0) && ['add-log', 'list', 'serve'].includes(command)
  if (values.help || !isUsable) {
    console[values.help ? 'log' : 'error'](HELP)
    return values.help ? 0 : 2
  }
  const folder = resolve(process.env.INIT_CWD ?? '.', values.dir)
  const key = openWitnessKey(folder, values.name)
  if (!key.ok) {
    console.error(`${PROBLEMS[key.code]} ${key.code === 'no-key' ? '' : key.detail}`)
    return 1
  }
  const store = openWitnessStore(folder)
  if (command === 'serve') return serve({ folder, store, key: key.value, values })
  const code = command === 'list' ? list(store, key.value) : addLog({ store, vkey: more[0] ?? '', url: values.url })
  store.close()
  return code
}

function addLog({ store, vkey, url }: { store: WitnessStore; vkey: string; url: string | undefined }): number {
  const key = parseVkey(vkey)
  if (!key.ok || key.value.type !== TYPE_ED25519) {
    console.error(`This is no verifier key of a log: ${key.ok ? 'it is a witness’s' : key.detail}`)
    return 1
  }
  if (url !== undefined && !isAddress(url)) {
    console.error('--url takes an address that starts with http:// or https://')
    return 1
  }
  store.addLog({ key: key.value, url: url?.replace(/\/+$/, '') })
  console.log(`Following ${key.value.name}.`)
  return 0
}

const isAddress = (url: string) => /^https?:\/\//.test(url) && URL.canParse(url)

function list(store: WitnessStore, key: WitnessKey): number {
  console.log(key.vkey)
  for (const { origin, keys, head, cosignedAt, url } of store.logs()) {
    const when = cosignedAt === undefined ? 'nothing signed yet' : `signed ${new Date(cosignedAt * 1000).toISOString()}`
    console.log(`${origin}  ${head.size} leaves  ${when}${url === undefined ? '' : `  ${url}`}`)
    if (keys.length > 1) console.log(`  ${keys.length} keys`)
  }
  return 0
}

type Serving = { folder: string; store: WitnessStore; key: WitnessKey; values: Values }

async function serve({ folder, store, key, values }: Serving): Promise<number> {
  const [port, rate] = [Number(values.port), Number(values.rate)]
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(rate > 0)) {
    console.error('--port takes a number up to 65535, --rate one above 0')
    return 2
  }
  const say = (line: string) => console.log(`${new Date().toISOString()} ${line}`)
  if (values.url !== undefined)
    for (const { keys } of store.logs()) for (const each of keys) store.addLog({ key: each, url: values.url })
  const replaying = values.replay ? replayingScruple({ folder, say }) : undefined
  const server = witnessServer({ store, key, rate, say, scruple: replaying?.scruple })
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(port, values.host, listening))
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  const at = values.public ?? `http://${values.host.includes(':') ? `[${values.host}]` : values.host}:${bound}`
  const name = values.replay ? `replaying/${key.name}` : key.name
  console.log(
    `Witness ${key.vkey}\nlistening on ${at}\nFor the log's operator, in its policy (WITNESS_POLICY):\nwitness ${name} ${key.vkey} ${at}`,
  )
  await new Promise<void>(stopped => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped())
  })
  // What was begun is answered; connections that nobody uses are let go.
  await new Promise<void>(closed => {
    server.close(() => closed())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), 3000).unref()
  })
  await replaying?.close()
  store.close()
  return 0
}

await runCommand(main)
