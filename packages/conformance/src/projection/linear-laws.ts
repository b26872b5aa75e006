// A projection is a linear map given four times: W and Wᵀ, in canonical arithmetic and on tensors.
import { float32, type NamedTensors } from '@mapping-networks/core';
import type * as tf from '@tensorflow/tfjs-core';
import { expectClose, expectFinite, expectLength } from '../checks/arrays.ts';
import { expectGradient } from '../checks/gradient.ts';
import { expectSameArrays } from '../checks/named.ts';
import { gaussian } from '../checks/random-arrays.ts';
import { expectNoLeak, expectNoTensors } from '../checks/tensors.ts';
import { law, type Law } from '../law.ts';
import { adjointNumbers, dot, forwardNumbers, INPUT, type BoundCase } from './bound.ts';

/** What engines may differ from the canonical generator by, relative to the largest value. */
const AGREEMENT = 1e-5;

export const linearLaws = (size: BoundCase): readonly Law[] => {
  const { rows, columns, title, seed, bound, frozen } = size;
  const z = (n = 0): Float32Array => gaussian(columns, seed, 'z', n);
  const g = (n = 0): Float32Array => gaussian(rows, seed, 'g', n);
  return [
    law(`${title}: W z has one finite number for each row, Wᵀ g one for each column`, () => {
      const [image, back] = [bound().project(z(), frozen()), bound().projectAdjoint(g(), frozen())];
      expectLength('W z', image, rows);
      expectLength('Wᵀ g', back, columns);
      expectFinite('W z', image);
      expectFinite('Wᵀ g', back);
    }),
    law(`${title}: ⟨Wz, g⟩ = ⟨z, Wᵀg⟩`, () => {
      for (let n = 0; n < 3; n++) {
        const [image, back] = [bound().project(z(n), frozen()), bound().projectAdjoint(g(n), frozen())];
        const scale = Math.sqrt(dot(image, image) * dot(g(n), g(n)));
        expectClose('⟨Wz, g⟩ / ‖Wz‖‖g‖', [dot(image, g(n)) / scale], [dot(z(n), back) / scale], 1e-6, 1);
      }
    }),
    law(`${title}: W (x + 2y) = Wx + 2Wy`, () => {
      const [x, y] = [z(1), z(2)];
      const [imageX, imageY] = [bound().project(x, frozen()), bound().project(y, frozen())];
      const sum = x.map((value, i) => value + 2 * (y[i] ?? 0));
      const expected = imageX.map((value, i) => value + 2 * (imageY[i] ?? 0));
      expectClose('W (x + 2y)', bound().project(sum, frozen()), expected, AGREEMENT);
    }),
    law(`${title}: forward agrees with project`, () => {
      expectClose(
        'forward(z)',
        forwardNumbers(bound(), frozen(), z()),
        bound().project(z(), frozen()),
        AGREEMENT,
      );
    }),
    law(`${title}: adjoint agrees with projectAdjoint`, () => {
      expectClose(
        'adjoint(g)',
        adjointNumbers(bound(), frozen(), g()),
        bound().projectAdjoint(g(), frozen()),
        AGREEMENT,
      );
    }),
    ...differentiationLaws(size),
    law(`${title}: no tensor is kept, none of the caller's disposed`, () => {
      const inputs = { ...frozen(), z: float32(z()), g: float32(g()) };
      expectNoTensors('bind, frozen, rowNorms and project', () => {
        const again = size.boundTo(size.otherKey);
        return [again.frozen(), again.rowNorms(), again.project(z())];
      });
      expectNoLeak('forward and adjoint', inputs, (tensors) => {
        const { z: latent, g: cotangent, ...constants } = tensors;
        return [
          bound().forward(latent as tf.Tensor1D, constants),
          bound().adjoint(cotangent as tf.Tensor1D, constants),
        ];
      });
    }),
    law(`${title}: constants are the same at every call`, () => {
      expectSameArrays('frozen()', bound().frozen(), frozen());
    }),
  ];
};

const differentiationLaws = ({ rows, columns, title, seed, bound, frozen }: BoundCase): readonly Law[] => [
  law(`${title}: the gradient of forward meets finite differences`, () => {
    const compute = (tensors: NamedTensors): tf.Tensor =>
      bound().forward(tensors[INPUT] as tf.Tensor1D, tensors);
    const at = { [INPUT]: float32(gaussian(columns, seed, 'at')) };
    expectGradient('forward(z)', { at, constants: frozen(), compute }, { tolerance: 2e-3, seed });
  }),
  law(`${title}: the gradient of adjoint meets finite differences`, () => {
    const compute = (tensors: NamedTensors): tf.Tensor =>
      bound().adjoint(tensors[INPUT] as tf.Tensor1D, tensors);
    const at = { [INPUT]: float32(gaussian(rows, seed, 'at')) };
    expectGradient('adjoint(g)', { at, constants: frozen(), compute }, { tolerance: 2e-3, seed });
  }),
];
