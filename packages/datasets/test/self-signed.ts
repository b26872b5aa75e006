// A certificate for 127.0.0.1, made for one test, so that no key lies in the repository. X.509 v3 (RFC 5280) in DER,
// with nothing in it but what a TLS client asks for.
import { createSign, generateKeyPairSync } from 'node:crypto';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

const der = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const body = Buffer.concat(parts);
  const length = body.length < 0x80 ? [body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...length), body]);
};

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(0x30, ...parts);
const utcTime = (date: Date): Uint8Array =>
  der(0x17, Buffer.from(`${date.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`));

const ECDSA_WITH_SHA256 = sequence(der(0x06, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02)));
const COMMON_NAME = der(0x06, bytes(0x55, 0x04, 0x03));
const SUBJECT_ALT_NAME = der(0x06, bytes(0x55, 0x1d, 0x11));

/** A self-signed certificate of a new key, valid for a day around now. */
export const selfSigned = (): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from('test')))));
  const day = 43_200_000;
  const loopback = der(0x04, sequence(der(0x87, bytes(127, 0, 0, 1))));
  const facts = sequence(
    der(0xa0, der(0x02, bytes(2))),
    der(0x02, bytes(1)),
    ECDSA_WITH_SHA256,
    name,
    sequence(utcTime(new Date(Date.now() - day)), utcTime(new Date(Date.now() + day))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(sequence(SUBJECT_ALT_NAME, loopback))),
  );
  const signature = createSign('sha256').update(facts).sign(privateKey);
  const certificate = sequence(facts, ECDSA_WITH_SHA256, der(0x03, bytes(0), signature));
  const base64 = Buffer.from(certificate).toString('base64').replaceAll(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${base64.trimEnd()}\n-----END CERTIFICATE-----\n`,
  };
};
