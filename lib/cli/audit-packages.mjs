import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { judge, licenceProblems } from './package-policy.mjs'
import { run, say } from './run.mjs'

const USAGE = `npm run audit-packages [-- --report]

Asks the registry for advisories about the packages that the server runs with, and looks at their licences (lib/cli/package-policy.mjs).
  --report   advisories are said and fail nothing, for CI: one that appears overnight must not stop an unrelated change

Exit code: 0 nothing to act on, 1 an advisory or a licence needs someone, 2 unusable command, 3 the registry answers no such question.`

const asked = process.argv.slice(2)
if (asked.some(argument => argument !== '--report')) {
  say(USAGE)
  process.exit(2)
}
const onlyReports = asked.includes('--report')

/** The npm that started us, by the Node that runs us. */
const path = process.env.npm_execpath
const npm = path && /^npm/.test(basename(path)) ? [process.execPath, path] : ['npm']

const licences = licenceProblems(JSON.parse(readFileSync('package-lock.json', 'utf8')))
for (const problem of licences) say(`LICENCE  ${problem}`)
if (licences.length === 0) say('licences: every package that the server runs with may go with a work under Apache-2.0')

const { output } = await run([...npm, 'audit', '--omit=dev', '--json'])
const today = new Date().toISOString().slice(0, 10)
const judged = judge(reportIn(output), today)
if (!judged)
  say('advisories: NOT CHECKED, this registry does not answer npm audit; ask one that does, such as registry.npmjs.org')
for (const line of judged?.said ?? []) say(`noted    ${line}`)
for (const line of judged?.acting ?? []) say(`ACT ON   ${line}`)
if (judged && judged.acting.length === 0) say('advisories: nothing to act on')

/** npm writes warnings around its JSON. */
function reportIn(text) {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
  } catch {
    return undefined
  }
}

if (licences.length > 0) process.exitCode = 1
else if (onlyReports) process.exitCode = 0
else process.exitCode = judged ? Number(judged.acting.length > 0) : 3
