// Convolutions by 3 × 3 filters at stride 1 as Winograd computes them, F(2 × 2, 3 × 3) (Lavin and Gray, 2016): tiles of 4 × 4
// inputs, 2 apart, become 16 numbers each, in which the convolution is a product of matrices, and these become 2 × 2 outputs.
// Channels lie in panels of eight. Every transform is here with its adjoint; they are exact but for rounding.

import { multiplyAll, multiplyTransposedAll } from './multiply';

const PIXEL: usize = 32;
const HALVES = 2;

/**
 * V = Bᵀ d B of every tile of one clip.
 *
 * @param source [panels][2 · rows + 2][2 · columns + 2][8], what is outside the picture is 0.
 * @param rows of tiles. @param target [16][panels][tiles][8], at the clip's first tile. @param tiles of all clips.
 */
export function inputTransform(
  source: usize, panels: i32, rows: i32, columns: i32, target: usize, tiles: i32,
): void {
  const line = <usize>(2 * columns + 2) * PIXEL;
  const plane = <usize>panels * <usize>tiles * PIXEL;
  for (let panel = 0; panel < panels; panel++) {
    let to = target + <usize>panel * <usize>tiles * PIXEL;
    for (let row = 0; row < rows; row++) {
      let from = source + (<usize>panel * <usize>(2 * rows + 2) + 2 * <usize>row) * line;
      for (let column = 0; column < columns; column++) {
        for (let half = 0; half < HALVES; half++) {
          const at = from + 16 * <usize>half;
          let out = to + 16 * <usize>half;
          for (let i = 0; i < 4; i++) {
            // Row i of Bᵀ d.
            const one = at + (i == 0 ? 0 : i == 3 ? line : i == 1 ? line : 2 * line);
            const two = at + (i == 0 ? 2 * line : i == 3 ? 3 * line : i == 1 ? 2 * line : line);
            let d0 = v128.load(one), d1 = v128.load(one, 32), d2 = v128.load(one, 64), d3 = v128.load(one, 96);
            const e0 = v128.load(two), e1 = v128.load(two, 32), e2 = v128.load(two, 64), e3 = v128.load(two, 96);
            if (i == 1) {
              d0 = f32x4.add(d0, e0);
              d1 = f32x4.add(d1, e1);
              d2 = f32x4.add(d2, e2);
              d3 = f32x4.add(d3, e3);
            } else {
              d0 = f32x4.sub(d0, e0);
              d1 = f32x4.sub(d1, e1);
              d2 = f32x4.sub(d2, e2);
              d3 = f32x4.sub(d3, e3);
            }
            v128.store(out, f32x4.sub(d0, d2));
            v128.store(out + plane, f32x4.add(d1, d2));
            v128.store(out + 2 * plane, f32x4.sub(d2, d1));
            v128.store(out + 3 * plane, f32x4.sub(d1, d3));
            out += 4 * plane;
          }
        }
        from += 2 * PIXEL;
        to += PIXEL;
      }
    }
  }
}

/** The adjoint: adds B v Bᵀ of every tile to `target`, in which tiles overlap. */
export function inputTransformGradient(
  source: usize, panels: i32, rows: i32, columns: i32, target: usize, tiles: i32,
): void {
  const line = <usize>(2 * columns + 2) * PIXEL;
  const plane = <usize>panels * <usize>tiles * PIXEL;
  for (let panel = 0; panel < panels; panel++) {
    let from = source + <usize>panel * <usize>tiles * PIXEL;
    for (let row = 0; row < rows; row++) {
      let to = target + (<usize>panel * <usize>(2 * rows + 2) + 2 * <usize>row) * line;
      for (let column = 0; column < columns; column++) {
        for (let half = 0; half < HALVES; half++) {
          let at = from + 16 * <usize>half;
          let out = to + 16 * <usize>half;
          // Columns of v Bᵀ, one after the other, then B from the left.
          for (let j = 0; j < 4; j++) {
            let v0: v128, v1: v128, v2: v128, v3: v128;
            const second = at + plane, third = at + 2 * plane, fourth = at + 3 * plane;
            const down: usize = 4 * plane;
            if (j == 0) {
              v0 = v128.load(at);
              v1 = v128.load(at + down);
              v2 = v128.load(at + 2 * down);
              v3 = v128.load(at + 3 * down);
            } else if (j == 3) {
              v0 = f32x4.neg(v128.load(fourth));
              v1 = f32x4.neg(v128.load(fourth + down));
              v2 = f32x4.neg(v128.load(fourth + 2 * down));
              v3 = f32x4.neg(v128.load(fourth + 3 * down));
            } else if (j == 1) {
              v0 = f32x4.add(f32x4.sub(v128.load(second), v128.load(third)), v128.load(fourth));
              v1 = f32x4.add(f32x4.sub(v128.load(second + down), v128.load(third + down)), v128.load(fourth + down));
              v2 = f32x4.add(
                f32x4.sub(v128.load(second + 2 * down), v128.load(third + 2 * down)), v128.load(fourth + 2 * down),
              );
              v3 = f32x4.add(
                f32x4.sub(v128.load(second + 3 * down), v128.load(third + 3 * down)), v128.load(fourth + 3 * down),
              );
            } else {
              v0 = f32x4.sub(f32x4.add(v128.load(second), v128.load(third)), v128.load(at));
              v1 = f32x4.sub(f32x4.add(v128.load(second + down), v128.load(third + down)), v128.load(at + down));
              v2 = f32x4.sub(
                f32x4.add(v128.load(second + 2 * down), v128.load(third + 2 * down)), v128.load(at + 2 * down),
              );
              v3 = f32x4.sub(
                f32x4.add(v128.load(second + 3 * down), v128.load(third + 3 * down)), v128.load(at + 3 * down),
              );
            }
            v128.store(out, f32x4.add(v128.load(out), v0));
            const below = out + line;
            v128.store(below, f32x4.add(v128.load(below), f32x4.add(f32x4.sub(v1, v2), v3)));
            v128.store(below + line, f32x4.add(v128.load(below + line), f32x4.sub(f32x4.add(v1, v2), v0)));
            v128.store(below + 2 * line, f32x4.sub(v128.load(below + 2 * line), v3));
            out += PIXEL;
          }
        }
        from += PIXEL;
        to += 2 * PIXEL;
      }
    }
  }
}

/**
 * Y = Aᵀ m A of every tile of one clip.
 *
 * @param source [16][panels][tiles][8]. @param target [panels][height][width][8]; tiles may stand out of it by one.
 */
export function outputTransform(
  source: usize, panels: i32, height: i32, width: i32, target: usize, tiles: i32,
): void {
  const rows = (height + 1) >> 1, columns = (width + 1) >> 1;
  const line = <usize>width * PIXEL;
  const plane = <usize>panels * <usize>tiles * PIXEL;
  for (let panel = 0; panel < panels; panel++) {
    let from = source + <usize>panel * <usize>tiles * PIXEL;
    for (let row = 0; row < rows; row++) {
      let to = target + (<usize>panel * <usize>height + 2 * <usize>row) * line;
      const hasBelow = 2 * row + 1 < height;
      for (let column = 0; column < columns; column++) {
        const hasRight = 2 * column + 1 < width;
        for (let half = 0; half < HALVES; half++) {
          let at = from + 16 * <usize>half;
          let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0);
          for (let i = 0; i < 4; i++) {
            const m0 = v128.load(at), m1 = v128.load(at + plane), m2 = v128.load(at + 2 * plane);
            const m3 = v128.load(at + 3 * plane);
            const left = f32x4.add(f32x4.add(m0, m1), m2);
            const right = f32x4.sub(f32x4.sub(m1, m2), m3);
            if (i < 3) {
              s00 = f32x4.add(s00, left);
              s01 = f32x4.add(s01, right);
            }
            if (i == 1) {
              s10 = left;
              s11 = right;
            } else if (i > 1) {
              s10 = f32x4.sub(s10, left);
              s11 = f32x4.sub(s11, right);
            }
            at += 4 * plane;
          }
          const out = to + 16 * <usize>half;
          v128.store(out, s00);
          if (hasRight) v128.store(out + PIXEL, s01);
          if (hasBelow) v128.store(out + line, s10);
          if (hasRight && hasBelow) v128.store(out + line + PIXEL, s11);
        }
        from += PIXEL;
        to += 2 * PIXEL;
      }
    }
  }
}

/** The adjoint: A y Aᵀ of every tile. */
export function outputTransformGradient(
  source: usize, panels: i32, height: i32, width: i32, target: usize, tiles: i32,
): void {
  const rows = (height + 1) >> 1, columns = (width + 1) >> 1;
  const line = <usize>width * PIXEL;
  const plane = <usize>panels * <usize>tiles * PIXEL;
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels; panel++) {
    let to = target + <usize>panel * <usize>tiles * PIXEL;
    for (let row = 0; row < rows; row++) {
      let from = source + (<usize>panel * <usize>height + 2 * <usize>row) * line;
      const hasBelow = 2 * row + 1 < height;
      for (let column = 0; column < columns; column++) {
        const hasRight = 2 * column + 1 < width;
        for (let half = 0; half < HALVES; half++) {
          const at = from + 16 * <usize>half;
          const y00 = v128.load(at);
          const y01 = hasRight ? v128.load(at + PIXEL) : zero;
          const y10 = hasBelow ? v128.load(at + line) : zero;
          const y11 = hasRight && hasBelow ? v128.load(at + line + PIXEL) : zero;
          let out = to + 16 * <usize>half;
          spread(out, plane, y00, y01);
          out += 4 * plane;
          spread(out, plane, f32x4.add(y00, y10), f32x4.add(y01, y11));
          out += 4 * plane;
          spread(out, plane, f32x4.sub(y00, y10), f32x4.sub(y01, y11));
          out += 4 * plane;
          spread(out, plane, f32x4.neg(y10), f32x4.neg(y11));
        }
        from += 2 * PIXEL;
        to += PIXEL;
      }
    }
  }
}

@inline
function spread(out: usize, plane: usize, left: v128, right: v128): void {
  v128.store(out, left);
  v128.store(out + plane, f32x4.add(left, right));
  v128.store(out + 2 * plane, f32x4.sub(left, right));
  v128.store(out + 3 * plane, f32x4.neg(right));
}

/**
 * U = G g Gᵀ of every filter.
 *
 * @param source [3][3][inputs][outputs], both multiples of 8. @param target [16][outputs / 8][inputs][8].
 */
export function filterTransform(source: usize, inputs: i32, outputs: i32, target: usize): void {
  const plane = <usize>inputs * <usize>outputs * 4;
  for (let column = 0; column < outputs; column += 4) {
    for (let input = 0; input < inputs; input++) {
      const at = source + <usize>(input * outputs + column) * 4;
      let out = target + (<usize>(column >> 3) * <usize>inputs + <usize>input) * 32 + <usize>(column & 4) * 4;
      const g00 = v128.load(at), g01 = v128.load(at + plane), g02 = v128.load(at + 2 * plane);
      const g10 = v128.load(at + 3 * plane), g11 = v128.load(at + 4 * plane), g12 = v128.load(at + 5 * plane);
      const g20 = v128.load(at + 6 * plane), g21 = v128.load(at + 7 * plane), g22 = v128.load(at + 8 * plane);
      filterRow(out, plane, g00, g01, g02);
      out += 4 * plane;
      const half = f32x4.splat(0.5);
      const e0 = f32x4.mul(half, f32x4.add(g00, g20)), e1 = f32x4.mul(half, f32x4.add(g01, g21));
      const e2 = f32x4.mul(half, f32x4.add(g02, g22));
      const h0 = f32x4.mul(half, g10), h1 = f32x4.mul(half, g11), h2 = f32x4.mul(half, g12);
      filterRow(out, plane, f32x4.add(e0, h0), f32x4.add(e1, h1), f32x4.add(e2, h2));
      out += 4 * plane;
      filterRow(out, plane, f32x4.sub(e0, h0), f32x4.sub(e1, h1), f32x4.sub(e2, h2));
      out += 4 * plane;
      filterRow(out, plane, g20, g21, g22);
    }
  }
}

@inline
function filterRow(out: usize, plane: usize, g0: v128, g1: v128, g2: v128): void {
  const half = f32x4.splat(0.5);
  const even = f32x4.mul(half, f32x4.add(g0, g2)), odd = f32x4.mul(half, g1);
  v128.store(out, g0);
  v128.store(out + plane, f32x4.add(even, odd));
  v128.store(out + 2 * plane, f32x4.sub(even, odd));
  v128.store(out + 3 * plane, g2);
}

/** The adjoint: Gᵀ u G of every filter. */
export function filterTransformGradient(source: usize, inputs: i32, outputs: i32, target: usize): void {
  const plane = <usize>inputs * <usize>outputs * 4;
  const half = f32x4.splat(0.5);
  for (let column = 0; column < outputs; column += 4) {
    for (let input = 0; input < inputs; input++) {
      const at = source + (<usize>(column >> 3) * <usize>inputs + <usize>input) * 32 + <usize>(column & 4) * 4;
      let out = target + <usize>(input * outputs + column) * 4;
      for (let i = 0; i < 3; i++) {
        // Row i of Gᵀ u.
        const u0 = filterColumn(at, i, plane), u1 = filterColumn(at + plane, i, plane);
        const u2 = filterColumn(at + 2 * plane, i, plane), u3 = filterColumn(at + 3 * plane, i, plane);
        const even = f32x4.mul(half, f32x4.add(u1, u2));
        v128.store(out, f32x4.add(u0, even));
        v128.store(out + plane, f32x4.mul(half, f32x4.sub(u1, u2)));
        v128.store(out + 2 * plane, f32x4.add(u3, even));
        out += 3 * plane;
      }
    }
  }
}

function filterColumn(at: usize, row: i32, plane: usize): v128 {
  const half = f32x4.splat(0.5);
  const u1 = v128.load(at + 4 * plane), u2 = v128.load(at + 8 * plane);
  if (row == 1) return f32x4.mul(half, f32x4.sub(u1, u2));
  return f32x4.add(v128.load(row == 0 ? at : at + 12 * plane), f32x4.mul(half, f32x4.add(u1, u2)));
}

/** The 16 products of transformed tiles and filters. @param filters [16][outputs][8 · inputs][8]. */
export function tileProducts(
  source: usize, tiles: i32, inputs: i32, filters: usize, outputs: i32, target: usize,
): void {
  for (let i = 0; i < 16; i++) {
    multiplyAll(source, tiles, inputs, filters, outputs, target);
    source += <usize>tiles * <usize>inputs * 32;
    filters += <usize>inputs * <usize>outputs * 256;
    target += <usize>tiles * <usize>outputs * 32;
  }
}

/** Adds their gradient at the filters. */
export function tileProductsGradient(
  source: usize, tiles: i32, inputs: i32, outer: usize, outputs: i32, target: usize,
): void {
  for (let i = 0; i < 16; i++) {
    multiplyTransposedAll(source, tiles, inputs, outer, outputs, target);
    source += <usize>tiles * <usize>inputs * 32;
    outer += <usize>tiles * <usize>outputs * 32;
    target += <usize>inputs * <usize>outputs * 256;
  }
}
