// Verifies a delivery: `verify.js SECRET SIGNATURE TIMESTAMP < BODY` prints "yes" or "no".

const { createHmac, timingSafeEqual } = require('node:crypto');
const { readFileSync } = require('node:fs');

const [secret, header, timestamp] = process.argv.slice(2);
const body = readFileSync(0);

const entries = header.split(',');
const signatures = entries.filter((it) => it.startsWith('v1=')).map((it) => it.slice(3));
const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
const equal = (it) => it.length === expected.length && timingSafeEqual(it, expected);
const found = signatures.some((it) => equal(Buffer.from(it, 'hex')));
console.log(found && entries.includes(`t=${timestamp}`) ? 'yes' : 'no');
