/** Images that the operator keeps: files that were posted for prediction, and small pictures of training images. */
@NullMarked
package dev.blastscope.keptimages;

import org.jspecify.annotations.NullMarked;
