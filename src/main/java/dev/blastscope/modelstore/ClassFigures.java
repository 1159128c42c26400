package dev.blastscope.modelstore;

import java.util.Optional;

/**
 * How well one class is told from the others.
 *
 * @param name the class, such as "PRE_B"
 * @param n how many images truly are of this class
 * @param precision the share of the images called this class that are; absent if none was called so
 * @param recall the share of the images of this class that were called so; absent if there is none
 * @param f1 the harmonic mean of both; absent if no image is or was called this class
 */
public record ClassFigures(
        String name, int n, Optional<Figure> precision, Optional<Figure> recall, Optional<Figure> f1) {}
