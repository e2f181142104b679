@NullMarked
package usher.lab.claim;

import org.jspecify.annotations.NullMarked;
