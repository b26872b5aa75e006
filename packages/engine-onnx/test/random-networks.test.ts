// Random networks, loss and all gradients, against TensorFlow.js' cpu backend.
import * as fc from 'fast-check';
import { it } from 'vitest';
import { expectAgreement, openEngines, runs } from './against-cpu.ts';
import { asFirst } from './network-example.ts';
import { randomNetwork } from './random-networks.ts';

const engines = openEngines();

it('random networks give the loss and the gradients that TensorFlow.js gives', async () => {
  await fc.assert(
    fc.asyncProperty(randomNetwork, fc.boolean(), (example, first) =>
      expectAgreement(engines(), [first ? asFirst(example) : example], {
        tolerance: example.normalizes ? 1e-3 : 1e-5,
        scale: 1,
      }),
    ),
    runs(25),
  );
});
