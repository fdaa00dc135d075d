//! The two regressions that weights are learnt by, both convex and solved from zero.

/// What there was to choose from, as features, and what was right.
pub(super) struct Choice<const N: usize> {
    pub(super) options: Vec<[f32; N]>,
    pub(super) right: usize,
}

/// Newton's method is at its end long before.
const MOST_ROUNDS: usize = 40;
/// A step smaller than this is the end.
const SMALL: f64 = 1e-7;

/// The weights under which the right options are likeliest (multinomial logistic regression, Newton's method).
/// `ridge` holds large weights back.
pub(super) fn choose<const N: usize>(choices: &[Choice<N>], ridge: f64) -> [f32; N] {
    let mut weights = [0.0f64; N];
    let each = 1.0 / choices.len().max(1) as f64;
    for _ in 0..MOST_ROUNDS {
        let mut slope = weights.map(|w| ridge * w);
        let mut bend = [[0.0f64; N]; N];
        for choice in choices {
            let scores = choice.options.iter().map(|o| dot(o, &weights));
            let scores: Vec<f64> = scores.collect();
            let most = scores.iter().copied().fold(f64::MIN, f64::max);
            let powers: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
            let all: f64 = powers.iter().sum();
            let mut mean = [0.0f64; N];
            for (option, power) in choice.options.iter().zip(&powers) {
                let p = power / all;
                for i in 0..N {
                    let x = f64::from(option[i]);
                    mean[i] += p * x;
                    for j in 0..=i {
                        bend[i][j] += each * p * x * f64::from(option[j]);
                    }
                }
            }
            for i in 0..N {
                slope[i] += each * (mean[i] - f64::from(choice.options[choice.right][i]));
                for j in 0..=i {
                    bend[i][j] -= each * mean[i] * mean[j];
                }
            }
        }
        if !step(&mut weights, &slope, &mut bend, ridge) {
            break;
        }
    }
    weights.map(|w| w as f32)
}

/// The bias and the weights under which the outcomes are likeliest (logistic regression, Newton's method). A row is
/// what is known, the outcome, and how much the row counts.
pub(super) fn decide<const N: usize, const M: usize>(
    rows: &[([f32; N], bool, f64)],
    ridge: f64,
) -> [f32; M] {
    const { assert!(M == N + 1, "a bias and a weight for each term") };
    let mut weights = [0.0f64; M];
    let all: f64 = rows.iter().map(|(_, _, counts)| counts).sum();
    let with_bias = |terms: &[f32; N]| -> [f32; M] {
        std::array::from_fn(|i| if i == 0 { 1.0 } else { terms[i - 1] })
    };
    for _ in 0..MOST_ROUNDS {
        let mut slope = weights.map(|w| ridge * w);
        let mut bend = [[0.0f64; M]; M];
        for (terms, outcome, counts) in rows {
            let terms = with_bias(terms);
            let p = 1.0 / (1.0 + (-dot(&terms, &weights)).exp());
            let counts = counts / all;
            for i in 0..M {
                slope[i] += counts * (p - f64::from(u8::from(*outcome))) * f64::from(terms[i]);
                for j in 0..=i {
                    bend[i][j] +=
                        counts * p * (1.0 - p) * f64::from(terms[i]) * f64::from(terms[j]);
                }
            }
        }
        if !step(&mut weights, &slope, &mut bend, ridge) {
            break;
        }
    }
    weights.map(|w| w as f32)
}

fn dot<const N: usize>(terms: &[f32; N], weights: &[f64; N]) -> f64 {
    terms
        .iter()
        .zip(weights)
        .map(|(t, w)| f64::from(*t) * w)
        .sum()
}

/// Takes a step of Newton's method; says whether another is worth it. Of `bend`, the lower half is filled.
fn step<const N: usize>(
    weights: &mut [f64; N],
    slope: &[f64; N],
    bend: &mut [[f64; N]; N],
    ridge: f64,
) -> bool {
    for (i, row) in bend.iter_mut().enumerate() {
        row[i] += ridge;
    }
    // Cholesky: bend = L Lᵀ, in place.
    for i in 0..N {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| bend[i][k] * bend[j][k]).sum();
            let rest = bend[i][j] - sum;
            bend[i][j] = if i == j {
                rest.max(f64::MIN_POSITIVE).sqrt()
            } else {
                rest / bend[j][j]
            };
        }
    }
    let mut by = *slope;
    for i in 0..N {
        let sum: f64 = (0..i).map(|k| bend[i][k] * by[k]).sum();
        by[i] = (by[i] - sum) / bend[i][i];
    }
    for i in (0..N).rev() {
        let sum: f64 = (i + 1..N).map(|k| bend[k][i] * by[k]).sum();
        by[i] = (by[i] - sum) / bend[i][i];
    }
    weights.iter_mut().zip(&by).for_each(|(w, b)| *w -= b);
    by.iter().any(|b| b.abs() > SMALL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_gets_weight() {
        // The option with more of the first feature is right but once in ten; the second says nothing.
        let choices: Vec<Choice<2>> = (0..50)
            .map(|i| Choice {
                options: vec![[0.9, 0.4], [0.1, 0.4]],
                right: usize::from(i % 10 == 0),
            })
            .collect();
        let [first, second] = choose(&choices, 1e-3);
        assert!(first > 1.5 && second.abs() < 0.5, "{first} {second}");
    }

    #[test]
    fn odds_are_learnt() {
        // Right in three of four cases, whatever the term: the bias is ln 3.
        let rows: Vec<([f32; 1], bool, f64)> = (0..400)
            .map(|i| ([f32::from(u8::from(i % 8 < 4))], i % 4 != 0, 1.0))
            .collect();
        let [bias, weight] = decide(&rows, 1e-5);
        assert!(
            (bias - 3.0f32.ln()).abs() < 0.05 && weight.abs() < 0.05,
            "{bias} {weight}"
        );
    }
}
