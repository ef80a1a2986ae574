// Products of matrices whose columns lie in panels of eight: a panel is [rows][8], 32 bytes a row. Sums run in the order of
// the inner index, so that the same operands give the same bits.

const ROW: usize = 32;

/**
 * One panel of a product, target[i] = Σ_k left[i][k] · right[k], for `rows` rows and 8 columns.
 *
 * @param left panels of the left matrix one behind the other, `rows` rows each. @param panels how many.
 * @param right [8 · panels][8].
 */
export function multiply(left: usize, rows: i32, panels: i32, right: usize, target: usize): void {
  const panelBytes = <usize>rows * ROW;
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    let a0 = f32x4.splat(0), a1 = f32x4.splat(0), a2 = f32x4.splat(0), a3 = f32x4.splat(0);
    let b0 = f32x4.splat(0), b1 = f32x4.splat(0), b2 = f32x4.splat(0), b3 = f32x4.splat(0);
    let source = left;
    let factor = right;
    for (let panel = 0; panel < panels; panel++) {
      const end = factor + 8 * ROW;
      let at = source;
      while (factor < end) {
        const low = v128.load(factor), high = v128.load(factor, 16);
        let value = v128.load32_splat(at);
        a0 = f32x4.add(a0, f32x4.mul(value, low));
        b0 = f32x4.add(b0, f32x4.mul(value, high));
        value = v128.load32_splat(at, 32);
        a1 = f32x4.add(a1, f32x4.mul(value, low));
        b1 = f32x4.add(b1, f32x4.mul(value, high));
        value = v128.load32_splat(at, 64);
        a2 = f32x4.add(a2, f32x4.mul(value, low));
        b2 = f32x4.add(b2, f32x4.mul(value, high));
        value = v128.load32_splat(at, 96);
        a3 = f32x4.add(a3, f32x4.mul(value, low));
        b3 = f32x4.add(b3, f32x4.mul(value, high));
        factor += ROW;
        at += 4;
      }
      source += panelBytes;
    }
    v128.store(target, a0);
    v128.store(target, b0, 16);
    v128.store(target, a1, 32);
    v128.store(target, b1, 48);
    v128.store(target, a2, 64);
    v128.store(target, b2, 80);
    v128.store(target, a3, 96);
    v128.store(target, b3, 112);
    left += 4 * ROW;
    target += 4 * ROW;
  }
  for (; i < rows; i++) {
    let low = f32x4.splat(0), high = f32x4.splat(0);
    let source = left;
    let factor = right;
    for (let panel = 0; panel < panels; panel++) {
      const end = source + ROW;
      for (let at = source; at < end; at += 4) {
        const value = v128.load32_splat(at);
        low = f32x4.add(low, f32x4.mul(value, v128.load(factor)));
        high = f32x4.add(high, f32x4.mul(value, v128.load(factor, 16)));
        factor += ROW;
      }
      source += panelBytes;
    }
    v128.store(target, low);
    v128.store(target, high, 16);
    left += ROW;
    target += ROW;
  }
}

/**
 * Adds a product over rows: target[j] += Σ_i left[i][j] · right[i], for the 8 columns j of a left panel and the 8 of a
 * right one.
 *
 * @param target [8][8].
 */
export function multiplyTransposed(left: usize, rows: i32, right: usize, target: usize): void {
  for (let half = 0; half < 2; half++) {
    let a0 = v128.load(target), a1 = v128.load(target, 32), a2 = v128.load(target, 64);
    let a3 = v128.load(target, 96);
    let b0 = v128.load(target, 16), b1 = v128.load(target, 48), b2 = v128.load(target, 80);
    let b3 = v128.load(target, 112);
    let at = left;
    let factor = right;
    for (let i = 0; i < rows; i++) {
      const low = v128.load(factor), high = v128.load(factor, 16);
      let value = v128.load32_splat(at);
      a0 = f32x4.add(a0, f32x4.mul(value, low));
      b0 = f32x4.add(b0, f32x4.mul(value, high));
      value = v128.load32_splat(at, 4);
      a1 = f32x4.add(a1, f32x4.mul(value, low));
      b1 = f32x4.add(b1, f32x4.mul(value, high));
      value = v128.load32_splat(at, 8);
      a2 = f32x4.add(a2, f32x4.mul(value, low));
      b2 = f32x4.add(b2, f32x4.mul(value, high));
      value = v128.load32_splat(at, 12);
      a3 = f32x4.add(a3, f32x4.mul(value, low));
      b3 = f32x4.add(b3, f32x4.mul(value, high));
      at += ROW;
      factor += ROW;
    }
    v128.store(target, a0);
    v128.store(target, b0, 16);
    v128.store(target, a1, 32);
    v128.store(target, b1, 48);
    v128.store(target, a2, 64);
    v128.store(target, b2, 80);
    v128.store(target, a3, 96);
    v128.store(target, b3, 112);
    left += 16;
    target += 4 * ROW;
  }
}

/** All panels of a product. @param right [columns panel][8 · panels][8]. @param columns panels of the target. */
export function multiplyAll(
  left: usize, rows: i32, panels: i32, right: usize, columns: i32, target: usize,
): void {
  for (let p = 0; p < columns; p++) {
    multiply(left, rows, panels, right, target);
    right += <usize>panels * 8 * ROW;
    target += <usize>rows * ROW;
  }
}

/** Adds all panels of a product over rows. @param target [columns panel][8 · panels][8]. */
export function multiplyTransposedAll(
  left: usize, rows: i32, panels: i32, right: usize, columns: i32, target: usize,
): void {
  const panelBytes = <usize>rows * ROW;
  for (let p = 0; p < columns; p++) {
    for (let q = 0; q < panels; q++) {
      multiplyTransposed(left + <usize>q * panelBytes, rows, right, target);
      target += 8 * ROW;
    }
    right += panelBytes;
  }
}

/** [columns][8 · panels rows][8] → [panels][8 · columns rows][8]: the panels of the transposed matrix. */
export function transpose(source: usize, panels: i32, columns: i32, target: usize): void {
  for (let p = 0; p < columns; p++) {
    for (let q = 0; q < panels; q++) {
      const from = source + <usize>(p * panels + q) * 8 * ROW;
      const to = target + <usize>(q * columns + p) * 8 * ROW;
      for (let i = 0; i < 8; i++) {
        for (let j = 0; j < 8; j++) store<f32>(to + <usize>(j * 8 + i) * 4, load<f32>(from + <usize>(i * 8 + j) * 4));
      }
    }
  }
}
