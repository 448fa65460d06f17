// The page that tells pupils what was heard: all of it can be read aloud.
import { prepareReading } from "./reading.js";

export function readAloud() {
  const { offer } = prepareReading(
    () => document.documentElement.lang,
    () => document.querySelector("main"),
  );
  offer();
}
