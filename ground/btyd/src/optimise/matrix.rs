//! Small symmetric matrices: eigenvalues, inverses and nothing else.
//!
//! Matrices here are covariances and Hessians of a handful of parameters. One
//! method serves all: the eigenvalue decomposition by Jacobi rotations, which
//! solves the trust-region problem, inverts, and tells definiteness, all to
//! high relative accuracy.

/// A square matrix of a few rows, stored row by row.
///
/// ```
/// use btyd::optimise::Matrix;
/// let m = Matrix::from_rows(&[[2.0, 1.0], [1.0, 2.0]]);
/// let inverse = m.inverse_positive().unwrap();
/// assert!((inverse.at(0, 0) - 2.0 / 3.0).abs() < 1e-15);
/// assert!(Matrix::from_rows(&[[1.0, 2.0], [2.0, 1.0]]).inverse_positive().is_none());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(into = "Vec<Vec<f64>>", try_from = "Vec<Vec<f64>>")
)]
pub struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// All zeros.
    pub fn zero(size: usize) -> Matrix {
        Matrix { size, cells: vec![0.0; size * size] }
    }

    /// From rows of equal length.
    pub fn from_rows<const N: usize>(rows: &[[f64; N]; N]) -> Matrix {
        Matrix { size: N, cells: rows.iter().flatten().copied().collect() }
    }

    /// Number of rows.
    pub fn size(&self) -> usize {
        self.size
    }

    /// One cell.
    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.size + column]
    }

    /// Writes one cell.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.size + column] = value;
    }

    /// True if every cell is a finite number.
    pub fn is_finite(&self) -> bool {
        self.cells.iter().all(|c| c.is_finite())
    }

    /// `vᵀ M v`.
    ///
    /// With a gradient for `v` and a covariance for `M` this is the variance
    /// that the delta method gives a quantity.
    pub fn quadratic(&self, v: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..self.size {
            for j in 0..self.size {
                sum += v[i] * self.at(i, j) * v[j];
            }
        }
        sum
    }

    /// Eigenvalues and eigenvectors (as columns) of a symmetric matrix, by
    /// cyclic Jacobi rotations.
    ///
    /// For matrices of this size Jacobi is short, needs no pivoting, and
    /// finds small eigenvalues to high relative accuracy, which is what
    /// standard errors of weakly identified parameters need.
    pub fn eigen(&self) -> (Vec<f64>, Matrix) {
        let n = self.size;
        let (mut a, mut vectors) = (self.clone(), Matrix::zero(n));
        for i in 0..n {
            vectors.set(i, i, 1.0);
        }
        for _sweep in 0..60 {
            let off: f64 =
                (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a.at(i, j).abs()).sum();
            if off == 0.0 || !off.is_finite() {
                break;
            }
            for p in 0..n {
                for q in p + 1..n {
                    a.rotate(&mut vectors, p, q);
                }
            }
        }
        ((0..n).map(|i| a.at(i, i)).collect(), vectors)
    }

    /// One Jacobi rotation that clears the cell `(p, q)`.
    fn rotate(&mut self, vectors: &mut Matrix, p: usize, q: usize) {
        let apq = self.at(p, q);
        // Below the rounding of its diagonal a cell is zero.
        if apq.abs() <= 1e-300 || apq.abs() < 1e-18 * (self.at(p, p) * self.at(q, q)).abs().sqrt() {
            self.set(p, q, 0.0);
            self.set(q, p, 0.0);
            return;
        }
        let theta = (self.at(q, q) - self.at(p, p)) / (2.0 * apq);
        let t = theta.signum() / (theta.abs() + theta.hypot(1.0));
        let c = 1.0 / t.hypot(1.0);
        let s = t * c;
        for k in 0..self.size {
            let (kp, kq) = (self.at(k, p), self.at(k, q));
            self.set(k, p, c * kp - s * kq);
            self.set(k, q, s * kp + c * kq);
        }
        for k in 0..self.size {
            let (pk, qk) = (self.at(p, k), self.at(q, k));
            self.set(p, k, c * pk - s * qk);
            self.set(q, k, s * pk + c * qk);
            let (vp, vq) = (vectors.at(k, p), vectors.at(k, q));
            vectors.set(k, p, c * vp - s * vq);
            vectors.set(k, q, s * vp + c * vq);
        }
    }

    /// The inverse of a symmetric positive definite matrix, or nothing if it
    /// is not positive definite.
    ///
    /// Rows and columns are first scaled to a unit diagonal, so parameters of
    /// very different size do not look like singularity.
    pub fn inverse_positive(&self) -> Option<Matrix> {
        let n = self.size;
        let scale: Vec<f64> = (0..n).map(|i| self.at(i, i).sqrt()).collect();
        if !self.is_finite() || scale.iter().any(|s| s.is_nan() || *s <= 0.0) {
            return None;
        }
        let mut unit = self.clone();
        for i in 0..n {
            for j in 0..n {
                unit.set(i, j, self.at(i, j) / scale[i] / scale[j]);
            }
        }
        let (values, vectors) = unit.eigen();
        if values.iter().any(|v| v.is_nan() || *v <= 1e-13) {
            return None;
        }
        let mut inverse = Matrix::zero(n);
        for i in 0..n {
            for j in 0..n {
                let sum: f64 = (0..n).map(|k| vectors.at(i, k) * vectors.at(j, k) / values[k]).sum();
                inverse.set(i, j, sum / scale[i] / scale[j]);
            }
        }
        inverse.is_finite().then_some(inverse)
    }
}

impl From<Matrix> for Vec<Vec<f64>> {
    fn from(matrix: Matrix) -> Vec<Vec<f64>> {
        matrix.cells.chunks(matrix.size.max(1)).map(<[f64]>::to_vec).collect()
    }
}

impl TryFrom<Vec<Vec<f64>>> for Matrix {
    type Error = &'static str;

    /// Refuses rows that do not make a square.
    fn try_from(rows: Vec<Vec<f64>>) -> Result<Matrix, &'static str> {
        if rows.iter().any(|row| row.len() != rows.len()) {
            return Err("the rows do not make a square matrix");
        }
        Ok(Matrix { size: rows.len(), cells: rows.into_iter().flatten().collect() })
    }
}
