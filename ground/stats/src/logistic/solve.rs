//! Linear equations with a positive symmetric matrix, by Cholesky's way.

/// Solves `matrix · step = right`, of which only the lower half is read; what is held has a step of 0. None where the
/// matrix is not positive: some direction changes nothing.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, right: Vec<f64>, held: &[bool]) -> Option<Vec<f64>> {
    let free: Vec<usize> = (0..right.len()).filter(|at| !held[*at]).collect();
    for (n, &row) in free.iter().enumerate() {
        for (m, &column) in free.iter().enumerate().take(n + 1) {
            let known = free[..m].iter().fold(0.0, |sum, &at| sum + matrix[row][at] * matrix[column][at]);
            let rest = matrix[row][column] - known;
            if n == m {
                if rest <= f64::EPSILON * matrix[row][row].abs() {
                    return None;
                }
                matrix[row][row] = rest.sqrt();
            } else {
                matrix[row][column] = rest / matrix[column][column];
            }
        }
    }
    let mut step = vec![0.0; right.len()];
    for (n, &row) in free.iter().enumerate() {
        let known = free[..n].iter().fold(0.0, |sum, &at| sum + matrix[row][at] * step[at]);
        step[row] = (right[row] - known) / matrix[row][row];
    }
    for (n, &row) in free.iter().enumerate().rev() {
        let known = free[n + 1..].iter().fold(0.0, |sum, &at| sum + matrix[at][row] * step[at]);
        step[row] = (step[row] - known) / matrix[row][row];
    }
    Some(step)
}
