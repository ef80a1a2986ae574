// Batch normalisation, rectifier and max pooling by 2 × 2, fused, forward and backward, of one clip whose channels lie in
// panels of eight. Sums over pixels are taken per clip in float32 and added up over clips in float64.

const PIXEL: usize = 32;
/** Bytes of a panel's constants: rows of eight floats. */
const CONSTANTS: usize = 192;
const SCALE: usize = 0;
const SHIFT: usize = 32;
const MEAN: usize = 64;
const INVERSE: usize = 96;
const MEAN_GRADIENT: usize = 128;
const MEAN_PRODUCT: usize = 160;
/** Bytes of a panel's sums: eight, and eight of squares or products, float64. */
const SUMS: usize = 128;

function addLanes(target: usize, values: v128): void {
  store<f64>(target, load<f64>(target) + <f64>f32x4.extract_lane(values, 0));
  store<f64>(target, load<f64>(target, 8) + <f64>f32x4.extract_lane(values, 1), 8);
  store<f64>(target, load<f64>(target, 16) + <f64>f32x4.extract_lane(values, 2), 16);
  store<f64>(target, load<f64>(target, 24) + <f64>f32x4.extract_lane(values, 3), 24);
}

function addSquares(target: usize, sum: f64, squares: f64, count: f64): void {
  store<f64>(target, load<f64>(target) + sum);
  store<f64>(target, load<f64>(target, 64) + squares + (sum * sum) / count, 64);
}

/** Adds Σ x and Σ x² of every channel, the squares by way of the clip's own mean. @param sums [panels][2][8]. */
export function moments(source: usize, panels: i32, pixels: i32, sums: usize): void {
  const count = <f64>pixels;
  for (let panel = 0; panel < panels * 2; panel++) {
    const first = source + <usize>(panel >> 1) * <usize>pixels * PIXEL + 16 * <usize>(panel & 1);
    const end = first + <usize>pixels * PIXEL;
    let one = f32x4.splat(0), two = f32x4.splat(0);
    let at = first;
    for (; at + PIXEL < end; at += 2 * PIXEL) {
      one = f32x4.add(one, v128.load(at));
      two = f32x4.add(two, v128.load(at, 32));
    }
    if (at < end) one = f32x4.add(one, v128.load(at));
    const sum = f32x4.add(one, two);
    const mean = f32x4.mul(sum, f32x4.splat(1 / <f32>pixels));
    one = f32x4.splat(0);
    two = f32x4.splat(0);
    for (at = first; at + PIXEL < end; at += 2 * PIXEL) {
      const x = f32x4.sub(v128.load(at), mean), y = f32x4.sub(v128.load(at, 32), mean);
      one = f32x4.add(one, f32x4.mul(x, x));
      two = f32x4.add(two, f32x4.mul(y, y));
    }
    if (at < end) {
      const x = f32x4.sub(v128.load(at), mean);
      one = f32x4.add(one, f32x4.mul(x, x));
    }
    const squares = f32x4.add(one, two);
    const target = sums + <usize>(panel >> 1) * SUMS + 32 * <usize>(panel & 1);
    addSquares(target, f32x4.extract_lane(sum, 0), f32x4.extract_lane(squares, 0), count);
    addSquares(target + 8, f32x4.extract_lane(sum, 1), f32x4.extract_lane(squares, 1), count);
    addSquares(target + 16, f32x4.extract_lane(sum, 2), f32x4.extract_lane(squares, 2), count);
    addSquares(target + 24, f32x4.extract_lane(sum, 3), f32x4.extract_lane(squares, 3), count);
  }
}

/** Greatest of four, of x · scale + shift. */
@inline
function greatest(one: v128, two: v128, three: v128, four: v128): v128 {
  return f32x4.max(f32x4.max(one, two), f32x4.max(three, four));
}

@inline
function scaled(at: usize, scale: v128, shift: v128): v128 {
  return f32x4.add(f32x4.mul(v128.load(at), scale), shift);
}

/** Where a value is the greatest of its window and above 0: all ones. */
@inline
function passes(value: v128, most: v128, isAbove: v128): v128 {
  return v128.and(f32x4.eq(value, most), isAbove);
}

/**
 * max(0, the greatest x · scale + shift) of windows of 2 × 2; a last odd row or column is left out.
 *
 * @param source [panels][height][width][8]. @param target first pixel. @param targetLine bytes from row to row.
 * @param targetPlane bytes from panel to panel.
 */
export function rectifyPooled(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, target: usize, targetLine: usize,
  targetPlane: usize,
): void {
  const rows = height >> 1, columns = width >> 1;
  const line = <usize>width * PIXEL;
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    for (let row = 0; row < rows; row++) {
      let at = source + (<usize>(panel >> 1) * <usize>height + 2 * <usize>row) * line + half;
      let to = target + <usize>(panel >> 1) * targetPlane + <usize>row * targetLine + half;
      for (let column = 0; column < columns; column++) {
        const most = greatest(
          scaled(at, scale, shift), scaled(at + PIXEL, scale, shift), scaled(at + line, scale, shift),
          scaled(at + line + PIXEL, scale, shift),
        );
        v128.store(to, f32x4.max(most, zero));
        at += 2 * PIXEL;
        to += PIXEL;
      }
    }
  }
}

/**
 * Adds Σ g and Σ g · (x - mean) · inverse of every channel, g the gradient at what is normalised. Every value that equals
 * the greatest of its window receives the window's gradient.
 *
 * @param outer gradient at the result of `rectifyPooled`, laid out like it. @param sums [panels][2][8].
 */
export function rectifyPooledSums(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, outer: usize, outerLine: usize,
  outerPlane: usize, sums: usize,
): void {
  const rows = height >> 1, columns = width >> 1;
  const line = <usize>width * PIXEL;
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    const mean = v128.load(own, MEAN);
    let all = zero, products = zero;
    for (let row = 0; row < rows; row++) {
      let at = source + (<usize>(panel >> 1) * <usize>height + 2 * <usize>row) * line + half;
      let from = outer + <usize>(panel >> 1) * outerPlane + <usize>row * outerLine + half;
      for (let column = 0; column < columns; column++) {
        const x0 = v128.load(at), x1 = v128.load(at, 32), x2 = v128.load(at + line), x3 = v128.load(at + line, 32);
        const y0 = f32x4.add(f32x4.mul(x0, scale), shift), y1 = f32x4.add(f32x4.mul(x1, scale), shift);
        const y2 = f32x4.add(f32x4.mul(x2, scale), shift), y3 = f32x4.add(f32x4.mul(x3, scale), shift);
        const most = greatest(y0, y1, y2, y3);
        const isAbove = f32x4.gt(most, zero);
        const gradient = v128.load(from);
        const g0 = v128.and(gradient, passes(y0, most, isAbove)), g1 = v128.and(gradient, passes(y1, most, isAbove));
        const g2 = v128.and(gradient, passes(y2, most, isAbove)), g3 = v128.and(gradient, passes(y3, most, isAbove));
        all = f32x4.add(all, f32x4.add(f32x4.add(g0, g1), f32x4.add(g2, g3)));
        products = f32x4.add(
          products,
          f32x4.add(
            f32x4.add(f32x4.mul(g0, f32x4.sub(x0, mean)), f32x4.mul(g1, f32x4.sub(x1, mean))),
            f32x4.add(f32x4.mul(g2, f32x4.sub(x2, mean)), f32x4.mul(g3, f32x4.sub(x3, mean))),
          ),
        );
        at += 2 * PIXEL;
        from += PIXEL;
      }
    }
    const target = sums + <usize>(panel >> 1) * SUMS + 32 * <usize>(panel & 1);
    addLanes(target, all);
    addLanes(target + 64, f32x4.mul(products, v128.load(own, INVERSE)));
  }
}

/** scale · (g - mean gradient - (x - mean) · inverse · mean product). @param factor inverse · mean product. */
@inline
function centred(gradient: v128, x: v128, scale: v128, mean: v128, meanGradient: v128, factor: v128): v128 {
  return f32x4.mul(
    scale,
    f32x4.sub(f32x4.sub(gradient, meanGradient), f32x4.mul(f32x4.sub(x, mean), factor)),
  );
}

/** Puts the gradient at x in the place of x. */
export function rectifyPooledGradient(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, outer: usize, outerLine: usize,
  outerPlane: usize,
): void {
  const rows = (height + 1) >> 1, columns = width >> 1;
  const line = <usize>width * PIXEL;
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    const mean = v128.load(own, MEAN), less = v128.load(own, MEAN_GRADIENT);
    const factor = f32x4.mul(v128.load(own, INVERSE), v128.load(own, MEAN_PRODUCT));
    for (let row = 0; row < rows; row++) {
      let at = source + (<usize>(panel >> 1) * <usize>height + 2 * <usize>row) * line + half;
      if (2 * row + 1 == height) {
        for (let column = 0; column < width; column++) {
          v128.store(at, centred(zero, v128.load(at), scale, mean, less, factor));
          at += PIXEL;
        }
        continue;
      }
      let from = outer + <usize>(panel >> 1) * outerPlane + <usize>row * outerLine + half;
      for (let column = 0; column < columns; column++) {
        const x0 = v128.load(at), x1 = v128.load(at, 32), x2 = v128.load(at + line), x3 = v128.load(at + line, 32);
        const y0 = f32x4.add(f32x4.mul(x0, scale), shift), y1 = f32x4.add(f32x4.mul(x1, scale), shift);
        const y2 = f32x4.add(f32x4.mul(x2, scale), shift), y3 = f32x4.add(f32x4.mul(x3, scale), shift);
        const most = greatest(y0, y1, y2, y3);
        const isAbove = f32x4.gt(most, zero);
        const gradient = v128.load(from);
        v128.store(at, centred(v128.and(gradient, passes(y0, most, isAbove)), x0, scale, mean, less, factor));
        v128.store(at, centred(v128.and(gradient, passes(y1, most, isAbove)), x1, scale, mean, less, factor), 32);
        v128.store(at + line, centred(v128.and(gradient, passes(y2, most, isAbove)), x2, scale, mean, less, factor));
        v128.store(
          at + line, centred(v128.and(gradient, passes(y3, most, isAbove)), x3, scale, mean, less, factor), 32,
        );
        at += 2 * PIXEL;
        from += PIXEL;
      }
      if (2 * columns < width) {
        v128.store(at, centred(zero, v128.load(at), scale, mean, less, factor));
        v128.store(at + line, centred(zero, v128.load(at + line), scale, mean, less, factor));
      }
    }
  }
}

/** max(0, x · scale + shift) of every pixel, laid out as `rectifyPooled` does. */
export function rectify(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, target: usize, targetLine: usize,
  targetPlane: usize,
): void {
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    let at = source + <usize>(panel >> 1) * <usize>(height * width) * PIXEL + half;
    for (let row = 0; row < height; row++) {
      let to = target + <usize>(panel >> 1) * targetPlane + <usize>row * targetLine + half;
      for (let column = 0; column < width; column++) {
        v128.store(to, f32x4.max(scaled(at, scale, shift), zero));
        at += PIXEL;
        to += PIXEL;
      }
    }
  }
}

/** As `rectifyPooledSums`, of `rectify`. */
export function rectifySums(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, outer: usize, outerLine: usize,
  outerPlane: usize, sums: usize,
): void {
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    const mean = v128.load(own, MEAN);
    let at = source + <usize>(panel >> 1) * <usize>(height * width) * PIXEL + half;
    let all = zero, products = zero;
    for (let row = 0; row < height; row++) {
      let from = outer + <usize>(panel >> 1) * outerPlane + <usize>row * outerLine + half;
      for (let column = 0; column < width; column++) {
        const x = v128.load(at);
        const isAbove = f32x4.gt(f32x4.add(f32x4.mul(x, scale), shift), zero);
        const gradient = v128.and(v128.load(from), isAbove);
        all = f32x4.add(all, gradient);
        products = f32x4.add(products, f32x4.mul(gradient, f32x4.sub(x, mean)));
        at += PIXEL;
        from += PIXEL;
      }
    }
    const target = sums + <usize>(panel >> 1) * SUMS + 32 * <usize>(panel & 1);
    addLanes(target, all);
    addLanes(target + 64, f32x4.mul(products, v128.load(own, INVERSE)));
  }
}

/** As `rectifyPooledGradient`, of `rectify`. */
export function rectifyGradient(
  source: usize, panels: i32, height: i32, width: i32, constants: usize, outer: usize, outerLine: usize,
  outerPlane: usize,
): void {
  const zero = f32x4.splat(0);
  for (let panel = 0; panel < panels * 2; panel++) {
    const half: usize = 16 * <usize>(panel & 1);
    const own = constants + <usize>(panel >> 1) * CONSTANTS + half;
    const scale = v128.load(own, SCALE), shift = v128.load(own, SHIFT);
    const mean = v128.load(own, MEAN), less = v128.load(own, MEAN_GRADIENT);
    const factor = f32x4.mul(v128.load(own, INVERSE), v128.load(own, MEAN_PRODUCT));
    let at = source + <usize>(panel >> 1) * <usize>(height * width) * PIXEL + half;
    for (let row = 0; row < height; row++) {
      let from = outer + <usize>(panel >> 1) * outerPlane + <usize>row * outerLine + half;
      for (let column = 0; column < width; column++) {
        const x = v128.load(at);
        const isAbove = f32x4.gt(f32x4.add(f32x4.mul(x, scale), shift), zero);
        v128.store(at, centred(v128.and(v128.load(from), isAbove), x, scale, mean, less, factor));
        at += PIXEL;
        from += PIXEL;
      }
    }
  }
}
