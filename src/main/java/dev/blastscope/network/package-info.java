/** The network itself: ResNet-50, its two heads, and the way from an image to a tensor. */
@NullMarked
package dev.blastscope.network;

import org.jspecify.annotations.NullMarked;
