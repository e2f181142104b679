@NullMarked
package usher.lab.load.wire;

import org.jspecify.annotations.NullMarked;
