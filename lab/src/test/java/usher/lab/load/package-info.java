@NullMarked
package usher.lab.load;

import org.jspecify.annotations.NullMarked;
