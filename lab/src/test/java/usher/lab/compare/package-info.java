@NullMarked
package usher.lab.compare;

import org.jspecify.annotations.NullMarked;
