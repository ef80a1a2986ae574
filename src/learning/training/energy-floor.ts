import { type FrontendDescription, parseFrontend } from '../../frontend/index.ts'

/**
 * A frontend with another floor under its energies, one without a floor as it is. The official 1e-5 hides what is quiet:
 * what a microphone hears across a room lies below it.
 *
 * @param floor above 0; left out, the frontend keeps its own
 * @throws LeafError `description` for a number that a floor cannot be
 */
export function withEnergyFloor(
  frontend: FrontendDescription,
  floor: number | undefined,
): FrontendDescription {
  if (floor === undefined || frontend.energyFloor === 0) return frontend
  return parseFrontend({ ...frontend, energyFloor: floor })
}

/** For a card, behind the name of the frontend; nothing where the floor is the frontend's own. */
export function floorInWords(frontend: FrontendDescription, floor: number | undefined): string {
  return floor === undefined || frontend.energyFloor === 0 ? '' : ` over a floor of ${floor}`
}
