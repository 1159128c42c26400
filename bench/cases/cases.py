"""What it brings to pool fields of one group, from the out-of-fold answers of a model.

Usage: cases.py OUT_OF_FOLD.csv --threshold T [--trials N]

Draws fields of each group by lot, with replacement, and pools them as the service does (log-odds), and in two other ways.
The limits of a review are those of the other folds, as a model that is used on new slides would have them.
"""
import argparse
import csv
import math

import numpy as np
from scipy.stats import t as student

LEAST, PRIOR_FIELDS, COVERAGE, RISK = 1e-6, 4, 0.95, 0.002
CLASSES = ["BENIGN", "EARLY_PRE_B", "PRE_B", "PRO_B"]


def logit(p):
    return np.log(p / (1 - p))


def logistic(x):
    return 1 / (1 + np.exp(-x))


def smear_class(classes, threshold):
    return np.where(1 - classes[..., 0] < threshold, 0, 1 + np.argmax(classes[..., 1:], -1))


def limits(classes, truth, group, threshold):
    """The least probability of each class in a set, and the certainty that an answer needs."""
    least = []
    for c in range(4):
        own, groups = classes[truth == c, c], group[truth == c]
        weight = {g: 1 / ((len(set(groups)) + 1) * np.sum(groups == g)) for g in set(groups)}
        covered, lowest = 0.0, 0.0
        for i in np.argsort(-own):
            if covered >= COVERAGE - 1e-9:
                break
            covered += weight[groups[i]]
            lowest = own[i]
        least.append(lowest)
    called = smear_class(classes, threshold)
    wrong = called != truth
    confident = np.sort(classes[wrong, called[wrong]])[::-1]
    tolerated = max(0, int(RISK * (len(truth) + 1) - 1))
    return least, np.nextafter(confident[tolerated], 2) if tolerated < len(confident) else 0.0


def deviation_within(scores, truth, group):
    squares = freedom = 0
    for key in set(zip(truth, group)):
        own = scores[(truth == key[0]) & (group == key[1])]
        squares += np.sum((own - own.mean()) ** 2)
        freedom += len(own) - 1
    return math.sqrt(squares / freedom)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers")
    parser.add_argument("--threshold", type=float, required=True, help="decision threshold of the model, in its card")
    parser.add_argument("--trials", type=int, default=100, help="of each group and number of fields")
    arguments = parser.parse_args()
    rows = list(csv.DictReader(open(arguments.answers)))
    malignant = np.array([float(r["malignant"]) for r in rows])
    subtypes = np.array([[float(r[c.lower()]) for c in CLASSES[1:]] for r in rows])
    truth = np.array([CLASSES.index(r["truth"]) for r in rows])
    group = np.array([int(r["group"]) for r in rows])
    fold = np.array([int(r["fold"]) for r in rows])
    classes = np.c_[1 - malignant, malignant[:, None] * subtypes]
    scores = logit(np.clip(malignant, LEAST, 1 - LEAST))
    logs = np.log(np.clip(subtypes, LEAST, 1))
    threshold = arguments.threshold
    by_fold = {}
    for f in set(fold):
        rest = fold != f
        by_fold[f] = (
            *limits(classes[rest], truth[rest], group[rest], threshold),
            deviation_within(scores[rest], truth[rest], group[rest]))
    random = np.random.default_rng(1)
    print("fields  wrong: log-odds  mean  vote  decided  wrong of decided  interval: holds the group's mean  alone")
    for k in (1, 2, 4, 8, 16):
        trials = wrong = mean_wrong = vote_wrong = decided = decided_wrong = held = alone = 0
        for c, g in sorted(set(zip(truth, group))):
            own = np.where((truth == c) & (group == g))[0]
            if len(own) < 9:
                continue
            least, certainty, within = by_fold[fold[own[0]]]
            target = scores[own].mean()
            for _ in range(arguments.trials):
                fields = random.choice(own, k)
                pooled = scores[fields].mean()
                called = fields[malignant[fields] >= threshold]
                product = np.exp(logs[called if len(called) else fields].mean(0))
                p = logistic(pooled)
                four = np.r_[1 - p, p * product / product.sum()]
                answer = int(smear_class(four, threshold))
                variance = scores[fields].var(ddof=1) if k > 1 else 0.0
                freedom = PRIOR_FIELDS + k - 1
                margin = student.ppf(0.975, freedom) * math.sqrt(
                    (PRIOR_FIELDS * within**2 + (k - 1) * variance) / freedom / k)
                crosses = logistic(pooled - margin) < threshold <= logistic(pooled + margin)
                prediction_set = [x for x in range(4) if four[x] >= least[x]]
                stands = prediction_set == [answer] and four[answer] >= certainty and not crosses
                trials += 1
                wrong += answer != c
                mean_wrong += int(smear_class(classes[fields].mean(0), threshold)) != c
                votes = np.bincount(smear_class(classes[fields], threshold), minlength=4)
                vote_wrong += int(votes.argmax()) != c
                decided += stands
                decided_wrong += stands and answer != c
                held += abs(target - pooled) <= margin
                if k > 1:
                    alone += abs(target - pooled) <= student.ppf(0.975, k - 1) * math.sqrt(variance / k)
        print(f"{k:6d}  {wrong / trials:15.4f}  {mean_wrong / trials:.4f}  {vote_wrong / trials:.4f}"
              f"  {decided / trials:.3f}  {decided_wrong:d} of {decided:d}  {held / trials:.3f}  "
              + (f"{alone / trials:.3f}" if k > 1 else "-"))


if __name__ == "__main__":
    main()
