// What a classifier gets right and wrong on one split: classes, calibration, mistakes.
import { confusionMatrix } from '../analysis/confusion.ts';
import { predictedClasses } from '../analysis/predicted-classes.ts';
import { count } from '../number-format.ts';
import { cards, section } from '../page/section.ts';
import type { Classification } from '../report-data.ts';
import { calibrationCards } from './calibration.ts';
import { confusionCard } from './confusion.ts';
import { mistakes } from './mistakes.ts';
import { perClassCard } from './per-class.ts';

export const classification = (predictions: Classification): string[] => {
  const { split, classes, labels, probabilities } = predictions;
  if (labels.length === 0) return [];
  const predicted = predictedClasses(probabilities, classes.length);
  const confusion = confusionMatrix(labels, predicted, classes.length);
  const text = `What the network says about the ${count(labels.length)} examples of the ${split} split, and how far it can be trusted.`;
  const body = cards([
    confusionCard(confusion, classes),
    perClassCard(confusion, classes),
    ...calibrationCards(predictions),
  ]);
  return [section({ id: 'predictions', title: 'Predictions', text }, body), mistakes(predictions)];
};
